"""Migrations with their models rendered once for a run of operations, not once for each.

Most of the time that Django takes to make our tables from nothing goes into classes: after every
operation it makes those of the model and of all that hang together with it anew, some thirty.
The statements that the server gets are the same, in the same order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import GeneratedField
from pgtrigger.migrations import AddTrigger

BESIDE = "beside"
"""What is put on a table and asks for nothing but its columns: constraints, indexes, triggers."""


class Executor(MigrationExecutor):
    """Django's, which applies a migration by its runs."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        """As Django's own, with another `apply` of the migration."""
        by_runs: Any = _ByRuns(migration)
        migration.apply = by_runs.apply  # type: ignore[method-assign]  # of this one alone
        return super().apply_migration(state, migration, *args, **options)


class _ByRuns:
    def __init__(self, migration: Migration) -> None:
        self._migration = migration

    def apply(
        self, state: ProjectState, editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql or not editor.atomic_migration:
            return Migration.apply(self._migration, state, editor, collect_sql)
        app = self._migration.app_label
        for run in runs(self._migration.operations):
            before = state.clone()
            _take_on(run, app, state)
            for operation in run:
                operation.database_forwards(app, editor, before, state)
        return state


def runs(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    """Neighbours of one kind; whatever is of no kind is alone."""
    for kind, same in groupby(operations, key=_kind):
        if kind is None:
            yield from ([operation] for operation in same)
        else:
            yield list(same)


def _kind(operation: Operation) -> str | None:
    """Of operations of one kind, none asks what another of them did.

    Exact classes: what somebody else derived from them may ask for more.
    """
    if type(operation) in (AddConstraint, AddIndex, AddTrigger):
        return BESIDE
    if type(operation) is AddField and not isinstance(operation.field, GeneratedField):
        return "field"
    return "model" if type(operation) is CreateModel else None


def _take_on(run: Sequence[Operation], app: str, state: ProjectState) -> None:
    """The state after a run, rendered at its end."""
    asked: dict[bool, set[tuple[str, str]]] = {False: set(), True: set()}

    def later(app_label: str, name: str, delay: bool = False) -> None:
        asked[delay].add((app_label, name))

    rendered: Any = state
    rendered.reload_model = later
    for operation in run:
        operation.state_forwards(app, state)
    del rendered.reload_model
    for delay, models in asked.items():
        if models:
            state.reload_models(sorted(models), delay=delay)
