"""Every migration goes back and forth over a database with work in it, and loses nothing."""

from __future__ import annotations

from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from annotations.assignment.models import Assignment
from annotations.assignment.seats import Exclusion, Hand, Seat
from annotations.assignment.tallies import fold
from annotations.coding import commenting, flagging, recording, submitting
from annotations.coding.bodies import parse
from annotations.coding.models import Annotation, Revision
from annotations.coding.remark_bodies import CommentBody, FlagBody
from annotations.coding.showing import work_of
from annotations.coding.submitting import Submission
from annotations.corpus.accepting import accept
from annotations.corpus.folded import FoldedPassage
from annotations.corpus.models import Document
from annotations.project.accounts import create_token
from annotations.project.preferences import prefer
from annotations.release.asking import ask
from annotations.release.freezing import freeze_release
from annotations.release.models import Release
from annotations.release.retracting import retract
from annotations.release.taking_down import take_down
from tests.adjudication import makers
from tests.cast import NOW, Cast, assignment, batch, body_of, document

BROUGHT_LATER = {
    f"annotations.{name}"
    for name in (
        "AcceptedWarning",
        "ApiTokenEvent",
        "Attribute",
        "BackupRun",
        "Comment",
        "CommentMark",
        "DocumentSketch",
        "Exclusion",
        "ExclusionEvent",
        "Flag",
        "Freezing",
        "FreezingProgress",
        "Hand",
        "HandEvent",
        "Preference",
        "ReleaseEvidence",
        "Retraction",
        "Seat",
        "SeatEvent",
        "StoryCandidate",
    )
}


def names() -> list[str]:
    loader = MigrationLoader(None)  # what is on disk, whatever the database says
    return sorted(name for app, name in loader.disk_migrations if app == "annotations")


def migrate(*target: str) -> None:
    call_command("migrate", "annotations", *target, verbosity=0, stdout=StringIO())


def populate(cast: Cast) -> None:
    text = document(cast.project, "Nights in the lab 👩‍🔬.\nThe pay is good.\n")
    work = assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))
    for quote in ("👩‍🔬", "The pay is good."):
        body = parse(body_of(work, quote, stance="against"))
        recording.annotate(work_of(work), uuid4(), body, operation=uuid4(), now=NOW)
    said = [{"key": "seen", "value": True}, {"key": "outlet", "value": "Gazette"}]
    Document.objects.filter(pk=text.pk).update(attributes=said, warnings=["Looks odd."])
    accept(text, by=cast.mia, now=NOW)
    submitting.submit(work, Submission(judged=[0, 1]), by=work.coder, now=NOW)
    seat(cast, work)
    remark(cast, work)
    create_token(cast.rita, name="tool", scopes=["releases"], now=NOW)
    release(cast)


def release(cast: Cast) -> None:
    text = makers.document(cast.project, title="Released")
    coders = (cast.coder(cast.ada), cast.coder(cast.ben))
    round_ = batch(cast.project, cast.edition, [text], name="Round 2")
    makers.coded(round_, text, {each: [makers.PAY] for each in coders})
    freeze_release(cast.project, by=cast.mia, now=NOW)
    ask(cast.project, by=cast.mia, now=NOW)
    retract(Release.objects.get(), reason="Superseded.", by=cast.mia, now=NOW)


def seat(cast: Cast, work: Assignment) -> None:
    round_ = work.batch
    there = {"project": cast.project, "batch": round_}
    hand = Hand.objects.create(**there, coder=cast.coder(cast.ben), most=5, languages=["en"])
    friend = Hand.objects.create(**there, coder=cast.coder(cast.cleo))
    Exclusion.objects.create(hand=friend, document=work.document)
    Seat.objects.create(**there, document=work.document, slot=2, coder=hand.coder, made_at=NOW)


def remark(cast: Cast, work: Assignment) -> None:
    said = CommentBody(assignment=work.uuid, passage=0, text="Whose nights?")
    uuid = commenting.comment(uuid4(), said, by=cast.ada, operation=uuid4(), now=NOW).pk
    commenting.withdraw_comment(uuid, by=cast.ada, operation=uuid4(), now=NOW)
    doubt = FlagBody(assignment=work.uuid, kind="zone", passage=0, proposed="title", note="")
    flagging.flag(uuid4(), doubt, by=cast.ada, operation=uuid4(), now=NOW)
    prefer(cast.ada, {"keys": {"undo": "z"}}, now=NOW)


def counts() -> dict[str, int]:
    """Rows of every table that there is in the present state of the database."""
    there = connection.introspection.table_names()
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_app_config("annotations").get_models()
        if model._meta.db_table in there
    }


def test_migrations_are_named_and_numbered_without_gaps() -> None:
    numbers = [int(name.split("_")[0]) for name in names()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert not [name for name in names() if "auto" in name]


@pytest.mark.slow
def test_back_and_forth_on_a_populated_database(live_cast: Cast) -> None:
    populate(live_cast)
    fold(most=0)  # as the migration makes them
    before = counts()
    assert before["annotations.ReleaseEvidence"] == 1
    for name in reversed(names()[:-1]):
        migrate(name)
    back = counts()
    assert back == {label: before[label] for label in back}
    migrate()
    # Remarks and preferences leave with their tables; what search needs is made again.
    assert counts() == {label: 0 if label in BROUGHT_LATER else n for label, n in before.items()}
    assert FoldedPassage.objects.filter(text="nights in the lab 👩🔬.").exists()
    kept = Document.objects.get(title="A day in the lab").attributes
    assert [each["value"] for each in kept] == ["true", "Gazette"]
    rows = Annotation.objects.filter(quote="👩‍🔬")
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        rows.update(memo="slipped in")
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Revision.objects.all().delete()


@pytest.mark.slow
def test_what_was_taken_down_is_not_forgotten_on_the_way_back(live_cast: Cast) -> None:
    text = document(live_cast.project, "To be gone.")
    take_down(text, reason="Asked to.", by=live_cast.mia, now=NOW)
    with pytest.raises(DatabaseError, match="taken down"):
        migrate("0019")
    assert Document.objects.get(pk=text.pk).taken_down


@pytest.mark.slow
def test_all_the_way_down_and_up_again(own_database: str) -> None:
    call_command("migrate", "admin", "zero", verbosity=0)
    migrate("zero")
    assert "annotations_document" not in connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname LIKE 'workbench_%'")
        assert cursor.fetchone()[0] == 0
    call_command("migrate", verbosity=0)
    assert "annotations_document" in connection.introspection.table_names()
