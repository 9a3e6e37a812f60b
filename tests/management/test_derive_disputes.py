"""The command that derives anew what waits."""

from __future__ import annotations

from annotations.adjudication.models import Point
from annotations.adjudication.standing import waiting
from tests.adjudication.conftest import document as document  # a fixture
from tests.cast import Cast
from tests.management.calling import run


def test_what_was_lost_is_there_again(cast: Cast, document: object) -> None:
    assert run("derive_disputes", "labs", "--json").json == {"documents": 1, "waiting": 1}
    Point.objects.all().delete()
    assert "1 documents derived, 1 points wait" in run("derive_disputes", "labs").out
    assert waiting(cast.project).count() == 1


def test_an_unknown_project_is_said(cast: Cast) -> None:
    assert run("derive_disputes", "gone").code == 2
