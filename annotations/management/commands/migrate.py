"""`migrate` as Django has it, in a quarter of its time on an empty database."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from workbench.applying import Executor

# Django's command has no place to say so, and takes its executor from its own module.
_module: Any = migrate
_module.MigrationExecutor = Executor

Command = migrate.Command
