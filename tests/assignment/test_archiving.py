"""What is archived is out of lists and rounds until it is put back; codings are never put away."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from annotations.assignment.archiving import archive, put_back
from annotations.assignment.batching import add_documents
from annotations.assignment.claiming import claim_next, give_back, resume
from annotations.assignment.models import Batch
from annotations.assignment.progress import of_batches
from annotations.corpus.models import Archived, Document
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from tests import cast as made
from tests.cast import NOW, Cast


@pytest.fixture
def batch(cast: Cast) -> Batch:
    rows = [made.document(cast.project, f"Text {name}.", title=name) for name in "ab"]
    return made.batch(cast.project, cast.edition, rows)


def first(batch: Batch) -> Document:
    return batch.items.order_by("position")[0].document


def test_nobody_gets_an_archived_document_until_it_is_back(cast: Cast, batch: Batch) -> None:
    junk = first(batch)
    archive(junk, reason="A test page.", by=cast.mia, now=NOW)
    work = claim_next(cast.project, by=cast.ada, now=NOW)
    assert work is not None
    assert work.document.title == "b"
    put_back(junk, by=cast.mia)
    other = claim_next(cast.project, by=cast.ben, now=NOW)
    assert other is not None
    assert other.document == junk


def test_lists_and_progress_leave_it_out(cast: Cast, batch: Batch) -> None:
    archive(first(batch), reason="A test page.", by=cast.mia, now=NOW)
    assert [row.title for row in Document.objects.current()] == ["b"]
    (progress,) = of_batches(cast.project)
    assert (progress.documents, progress.wanted) == (1, 2)


def test_what_somebody_has_or_submitted_is_not_archived(cast: Cast, batch: Batch) -> None:
    work = claim_next(cast.project, by=cast.ada, now=NOW)
    assert work is not None
    with pytest.raises(NotNow, match="Someone has this document"):
        archive(work.document, reason="A test page.", by=cast.mia, now=NOW)
    assert not Archived.objects.exists()


def test_what_was_given_back_is_not_resumed_while_it_is_archived(cast: Cast, batch: Batch) -> None:
    work = claim_next(cast.project, by=cast.ada, now=NOW)
    assert work is not None
    give_back(work, by=cast.coder(cast.ada), now=NOW)
    archive(work.document, reason="A test page.", by=cast.mia, now=NOW)
    with pytest.raises(NotNow, match="archived"):
        resume(work, by=cast.coder(cast.ada), now=NOW)


def test_the_database_itself_refuses_work_on_it(cast: Cast, batch: Batch) -> None:
    archive(first(batch), reason="A test page.", by=cast.mia, now=NOW)
    with pytest.raises(DatabaseError, match="archived"), transaction.atomic():
        made.assignment(batch, first(batch), cast.coder(cast.ada))


def test_it_takes_a_reason_and_a_manager(cast: Cast, batch: Batch) -> None:
    with pytest.raises(Invalid):
        archive(first(batch), reason=" ", by=cast.mia, now=NOW)
    with pytest.raises(NotAllowed):
        archive(first(batch), reason="Junk.", by=cast.cleo, now=NOW)
    with pytest.raises(NotVisible):
        archive(first(batch), reason="Junk.", by=cast.dag, now=NOW)


def test_on_its_page_it_is_archived_found_again_and_put_back(cast: Cast, batch: Batch) -> None:
    client = Client()
    client.force_login(cast.mia)
    page = f"/documents/{first(batch).uuid}"
    said = client.post(page, {"do": "archive", "reason": "A test page."}, follow=True)
    assert "A test page." in said.content.decode()
    listed = client.get("/projects/labs/documents").content.decode()
    assert str(first(batch).uuid) not in listed
    found = client.get("/projects/labs/documents?archived=1").content.decode()
    assert str(first(batch).uuid) in found
    client.post(page, {"do": "put back"})
    assert not Archived.objects.exists()


def test_it_is_archived_in_bulk_in_the_administration(cast: Cast, batch: Batch) -> None:
    cast.mia.is_staff = cast.mia.is_superuser = True
    cast.mia.save()
    client = Client()
    client.force_login(cast.mia)
    chosen = [item.document_id for item in batch.items.all()]
    asked = {"action": "archive_them", "_selected_action": chosen}
    client.post("/admin/annotations/document/", asked)
    assert Archived.objects.count() == 2


def test_an_archived_document_can_still_be_planned_for_later(cast: Cast, batch: Batch) -> None:
    late = made.document(cast.project, "Text c.", title="c")
    archive(late, reason="Not yet.", by=cast.mia, now=NOW)
    add_documents(batch, [late], by=cast.mia, now=NOW)
    put_back(late, by=cast.mia)
    assert {progress.documents for progress in of_batches(cast.project)} == {3}
