"""`python -m workbench` is the `workbench` command."""

import sys

from workbench.commands import main

sys.exit(main())
