"""The flags page: the manager sees them in their context, and settles each once."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from annotations.assignment.models import Assignment
from annotations.coding import flagging
from annotations.coding.remark_bodies import FlagBody
from annotations.coding.remarks import Flag
from annotations.corpus.models import Passage
from annotations.project.members import enrol
from annotations.project.models import Role, User
from tests.cast import NOW, Cast, assignment, batch, document

TEXT = "A headline\nShare this article.\nThe pay is good.\n"
HOSTILE = "<script>alert('x')</script>"


@pytest.fixture
def work(cast: Cast) -> Assignment:
    text = document(cast.project, TEXT)
    return assignment(batch(cast.project, cast.edition, [text]), text, cast.coder(cast.ada))


def flag(work: Assignment, kind: str = "zone", proposed: str = "boilerplate", **more: Any) -> Flag:
    user = work.coder.user
    assert user is not None
    said = FlagBody(
        assignment=work.uuid, kind=kind, passage=1, proposed=proposed, note=more.get("note", "")
    )
    return flagging.flag(uuid4(), said, by=user, operation=uuid4(), now=NOW)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def settle(user: User, row: Flag, settlement: str, reason: str = "") -> Any:
    form = {"flag": str(row.pk), "settlement": settlement, "reason": reason}
    return browser_of(user).post("/projects/labs/flags", form)


def test_the_page_shows_the_passage_in_its_context(cast: Cast, work: Assignment) -> None:
    flag(work, note=HOSTILE)
    page = browser_of(cast.mia).get("/projects/labs/flags").content.decode()
    assert "<mark>Share this article.</mark>" in page
    assert "body → boilerplate" in page
    assert "&lt;script&gt;alert" in page
    assert HOSTILE not in page
    assert f"/documents/{work.document.uuid}?passage=1#p1" in page


def test_an_accepted_zone_becomes_the_passages(cast: Cast, work: Assignment) -> None:
    row = flag(work)
    assert settle(cast.mia, row, "accepted").status_code == 302
    passage = Passage.objects.get(document=work.document, index=1)
    assert (passage.zone, passage.zone_confirmed_at is not None) == ("boilerplate", True)
    row.refresh_from_db()
    assert (row.settlement, row.settled_by) == ("accepted", cast.coder(cast.mia))
    assert settle(cast.mia, row, "dismissed", "too late").status_code == 409
    settled = browser_of(cast.mia).get("/projects/labs/flags?settled=1").content.decode()
    assert "Share this article." in settled


def test_dismissing_takes_a_reason_and_changes_no_passage(cast: Cast, work: Assignment) -> None:
    row = flag(work)
    assert settle(cast.mia, row, "dismissed", " ").status_code == 422
    assert settle(cast.mia, row, "dismissed", "It is the author's own line.").status_code == 302
    assert Passage.objects.get(document=work.document, index=1).zone == "body"
    with pytest.raises(flagging.FlagSettled):
        flagging.withdraw_flag(row.pk, by=cast.ada, now=NOW)


def test_an_accepted_split_is_kept_as_a_word(cast: Cast, work: Assignment) -> None:
    row = flag(work, kind="split", proposed="join")
    settle(cast.mia, row, "accepted")
    assert Passage.objects.filter(document=work.document).count() == 3


def test_only_those_who_plan_settle_and_only_in_their_project(cast: Cast, work: Assignment) -> None:
    row = flag(work)
    for user, status in ((cast.ada, 403), (cast.cleo, 403), (cast.rita, 403), (cast.dag, 404)):
        assert settle(user, row, "accepted").status_code == status
    assert browser_of(cast.mia).post("/projects/labs/flags", {}).status_code == 422
    missing = {"flag": str(uuid4()), "settlement": "accepted"}
    assert browser_of(cast.mia).post("/projects/labs/flags", missing).status_code == 404


def test_withdrawn_flags_are_off_the_page(cast: Cast, work: Assignment) -> None:
    row = flag(work)
    flagging.withdraw_flag(row.pk, by=cast.ada, now=NOW)
    assert "No flag waits" in browser_of(cast.mia).get("/projects/labs/flags").content.decode()
    assert settle(cast.mia, row, "accepted").status_code == 404


def test_a_manager_who_codes_the_document_sees_no_flag_of_others(
    cast: Cast, work: Assignment
) -> None:
    flag(work)
    enrol(cast.ben, cast.project, roles=[Role.MANAGER])
    assert flagging.flags_for(cast.ben, cast.project).count() == 1
    other = assignment(work.batch, work.document, cast.coder(cast.ben), slot=2)
    assert flagging.flags_for(cast.ben, cast.project).count() == 0
    for each in (work, other):
        each.state, each.submitted_at = "submitted", NOW
        each.save()
    assert flagging.flags_for(cast.ben, cast.project).count() == 1


def test_the_database_keeps_flags_as_they_were_raised(cast: Cast, work: Assignment) -> None:
    row = flag(work)
    for change in ({"note": "slipped in"}, {"passage": 0}, {"proposed": "title"}):
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            Flag.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Flag.objects.all().delete()
    flagging.withdraw_flag(row.pk, by=cast.ada, now=NOW)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        Flag.objects.update(withdrawn_at=None)
