"""Migrations applied by runs of operations: the same statements, with far fewer classes made."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pytest
from django.core.management import get_commands
from django.db import connection
from django.db.migrations import AddConstraint, AddField, CreateModel, Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CharField, CheckConstraint, GeneratedField, Q
from django.db.models.functions import Lower

from workbench.applying import Executor, runs

SEATS = ("annotations", "0012_seats")
"""It makes models, and gives fields, constraints, indexes and triggers to older ones too."""


class Made:
    """The statements of one migration, which nobody executes, and how many classes were made."""

    def __init__(self, executor: type[MigrationExecutor], monkeypatch: pytest.MonkeyPatch) -> None:
        self.classes = 0
        with monkeypatch.context() as patched:
            patched.setattr(ModelState, "render", self._counted(ModelState.render))
            patched.setattr(connection, "schema_editor", self._writing)
            loader = MigrationLoader(None)
            before = loader.project_state([SEATS], at_end=False)
            assert before.apps, "rendered, as while migrating"
            self.classes = 0
            made = executor(connection)
            patched.setattr(made, "record_migration", lambda migration: None)
            self.state: ProjectState = made.apply_migration(before, loader.get_migration(*SEATS))

    def _writing(self, **options: Any) -> Any:
        self.editor = connection.SchemaEditorClass(connection, collect_sql=True, **options)
        return self.editor

    def _counted(self, render: Any) -> Any:
        def counted(state: ModelState, apps: Any) -> Any:
            self.classes += 1
            return render(state, apps)

        return counted


def test_the_same_statements_in_the_same_order(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    plainly, by_runs = Made(MigrationExecutor, monkeypatch), Made(Executor, monkeypatch)
    assert by_runs.editor.collected_sql == plainly.editor.collected_sql
    assert len(by_runs.editor.collected_sql) > 50
    assert set(by_runs.state.models) == set(plainly.state.models)
    assert by_runs.classes * 3 < plainly.classes


def test_everybody_migrates_so() -> None:
    assert get_commands()["migrate"] == "annotations"


def field(model: str, name: str, of: Any = None) -> AddField:
    return AddField(model, name, of or CharField(max_length=9))


def test_what_asks_for_an_earlier_one_is_of_another_run() -> None:
    made = CreateModel("Text", [("title", CharField(max_length=9))])
    constraint = AddConstraint("text", CheckConstraint(condition=~Q(title=""), name="titled"))
    lower = GeneratedField(
        expression=Lower("title"), output_field=CharField(max_length=9), db_persist=True
    )
    operations: list[Operation] = [
        made,
        field("text", "author"),
        field("text", "place"),
        constraint,
        field("text", "lower", lower),
        field("text", "again", lower),
    ]
    assert list(map(len, runs(operations))) == [1, 2, 1, 1, 1]


def test_a_run_holds_neighbours_of_one_kind_and_keeps_their_order() -> None:
    every = MigrationLoader(None).disk_migrations.values()
    for migration in every:
        said: list[Operation] = migration.operations
        assert [each for run in runs(said) for each in run] == said
        for run in runs(said):
            kinds = [kind for kind, _same in groupby(map(type, run))]
            assert len(run) == 1 or CreateModel not in kinds or kinds == [CreateModel]


def test_a_migration_outside_of_a_transaction_is_applied_as_django_does(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[str] = []
    plain = Migration.apply

    def noted(self: Migration, *args: Any, **options: Any) -> ProjectState:
        applied.append(self.name)
        return plain(self, *args, **options)

    monkeypatch.setattr(Migration, "apply", noted)
    migration = Migration("alone", "annotations")
    executor = Executor(connection)
    monkeypatch.setattr(executor, "record_migration", lambda migration: None)
    executor.apply_migration(ProjectState(), migration)
    assert applied == []
    migration = type("Alone", (Migration,), {"atomic": False})("alone", "annotations")
    executor.apply_migration(ProjectState(), migration)
    assert applied == ["alone"]
