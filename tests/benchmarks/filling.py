"""A project of 100,000 documents, written by SQL in a minute: read, coded, in dispute, released."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection

from annotations.assignment.models import BatchDocument
from annotations.project.members import enrol
from annotations.project.models import Role
from tests.benchmarks.filled import CODED, CORPUS, RELEASED, REVIEWED
from tests.cast import NOW, Cast, batch

DOCUMENTS = 100_000


def fill(cast: Cast, documents: int = DOCUMENTS) -> None:
    """Two rounds: one that mia and ada coded, in which one document in fifty is in dispute, and one
    that is empty. mia holds every role; what she coded is one label a document, and one in 500 of
    them is still open, or of a rare theme, or in French."""
    for role in (Role.ANNOTATOR, Role.ADJUDICATOR):
        enrol(cast.mia, cast.project, roles=[role])
    round_ = batch(cast.project, cast.edition, [], checked_share=0.05)
    empty = batch(cast.project, cast.edition, [], name="Round 2", slots=1)
    themes = {each.key: each.pk for each in cast.edition.themes.all()}
    stances = {each.key: each.pk for each in cast.edition.stances.all()}
    values: dict[str, Any] = {
        "project": cast.project.pk,
        "slug": cast.project.slug,
        "documents": documents,
        "batch": round_.pk,
        "empty": empty.pk,
        "edition": cast.edition.pk,
        "mia": cast.coder(cast.mia).pk,
        "ada": cast.coder(cast.ada).pk,
        "user": cast.mia.pk,
        "common": themes["compensation"],
        "rare": themes["secrecy"],
        "favor": stances["favor"],
        "against": stances["against"],
        "now": NOW.isoformat(),
    }
    with connection.cursor() as cursor:
        for statements in (CORPUS, CODED, REVIEWED, RELEASED):
            _triggers(cursor, "DISABLE")
            cursor.execute(statements.format(**values))
            _triggers(cursor, "ENABLE")
        cursor.execute("VACUUM ANALYZE")  # as a server does by itself after so many rows


def _triggers(cursor: Any, what: str) -> None:
    """Rows are written as they would have come to be; what fills in columns goes on doing so."""
    for model in apps.get_app_config("annotations").get_models():
        if model is not BatchDocument:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} {what} TRIGGER USER")
