#!/usr/bin/env python
"""The same commands as `workbench`, from a checkout."""

import sys

from workbench.commands import main

if __name__ == "__main__":
    sys.exit(main())
