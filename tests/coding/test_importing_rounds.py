"""Rounds of annotations from elsewhere: whose they are, whom they seat, what is submitted."""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.adjudication.queueing import Wanted, next_point
from annotations.agreement.reports import report
from annotations.assignment.claiming import claim_next
from annotations.assignment.models import Assignment, Batch
from annotations.coding.import_seats import Round
from annotations.coding.importing import AT_ONCE, Import, import_annotations
from annotations.coding.models import Annotation, Snapshot
from annotations.corpus.models import Document
from annotations.project.members import enrol
from annotations.project.models import Coder, Role
from annotations.project.refusals import Refusal
from tests.cast import NOW, Cast, assignment, batch, document, person
from tests.coding.lines import code_of, imported, line, outcomes, raw


def test_an_account_is_named_as_it_signs_in(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay", coder="ben"))
    assert Annotation.objects.get().coder == cast.coder(cast.ben)


def test_a_prefix_keeps_foreign_pseudonyms_apart(cast: Cast, text: Document) -> None:
    told = imported(cast, line(text, "Pay", coder="coder-01"), prefix="old ")
    assert (told[0].outcome, told[0].coder) == ("created", "old coder-01")
    assert Coder.objects.get(pseudonym="old coder-01").user is None


def test_people_go_on_being_enrolled_beside_imported_coders(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay", coder="coder 06"), line(text, "Pay", coder="A"))
    assert enrol(person("eve"), cast.project, roles=[Role.ANNOTATOR]).pseudonym


def test_nobody_is_offered_anything_from_an_import(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay"))
    assert claim_next(cast.project, by=cast.ada, now=NOW) is None


def test_a_document_has_as_many_slots_as_coders_have_come(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay", coder="A"), line(text, "Pay", coder="B"))
    imported(cast, line(text, "Pay", coder="C"))
    assert sorted(Assignment.objects.values_list("slot", flat=True)) == [1, 2, 3]
    assert Batch.objects.get().items.get().slots == 3


def test_a_round_of_people_keeps_its_slots(cast: Cast, text: Document) -> None:
    round_ = batch(cast.project, cast.edition, [text], slots=2)
    assignment(round_, text, cast.coder(cast.ada))
    outside = document(cast.project, "Pay outside.")
    told = imported(
        cast,
        line(text, "Pay", coder="ada"),
        line(text, "Pay", coder="B"),
        line(text, "Pay", coder="C"),
        line(outside, "Pay"),
        name=str(round_.uuid),
    )
    assert outcomes(told) == ["created", "created", "refused", "refused"]
    assert code_of(told[2]) == ("coder", "no-slot")
    assert code_of(told[3]) == ("document", "not-in-batch")


def test_a_round_of_another_kind_is_refused_as_a_whole(cast: Cast, text: Document) -> None:
    batch(cast.project, cast.edition, [text], name="Pilot", kind="pilot")
    with pytest.raises(Refusal) as refused:
        imported(cast, line(text, "Pay"), name="Pilot", round={"kind": "main"})
    assert refused.value.extra["errors"][0]["code"] == "batch-differs"
    assert outcomes(imported(cast, line(text, "Pay"), name="Pilot")) == ["created"]


def test_submitted_codings_are_compared_and_ruled_on(cast: Cast, text: Document) -> None:
    lines = [line(text, "Pay", coder="A"), line(text, "family", coder="B")]
    told = imported(cast, *lines, submit=True, judged_all=True)
    assert [each.outcome for each in told[2:]] == ["submitted", "submitted", "done"]
    assert told[-1].counts == {"created": 2, "submitted assignments": 2}
    snapshots = Snapshot.objects.order_by("pk")
    assert [snapshot.judged for snapshot in snapshots] == [[0, 1, 2]] * 2
    assert report(cast.project).compared == 1
    waiting = next_point(cast.project, Wanted(), by=cast.coder(cast.cleo), now=NOW)
    assert waiting is not None
    assert waiting.document == text.uuid
    assert [each.outcome for each in imported(cast, *lines, submit=True)] == [
        *["already-there"] * 4,
        "done",
    ]


def test_a_line_may_say_only_what_was_judged(cast: Cast, text: Document) -> None:
    """Somebody read it and found nothing: that is a coding too."""
    read = {"document": str(text.uuid), "coder": "A"}
    told = imported(cast, {**read, "judged": [0, 1]}, {**read, "judged": [2, 1]}, submit=True)
    assert [each.outcome for each in told] == ["judged", "judged", "submitted", "done"]
    snapshot = Snapshot.objects.get()
    assert (snapshot.spans, snapshot.judged) == ([], [0, 1, 2])


def test_a_coding_of_which_lines_were_refused_waits(cast: Cast, text: Document) -> None:
    """A label that is missing would say that its coder saw nothing there."""
    lines = [line(text, "Pay", coder="A"), line(text, "family", coder="A", theme="nonsense")]
    told = imported(cast, *lines, line(text, "Pay", coder="B"), submit=True, judged_all=True)
    assert [each.outcome for each in told[3:]] == ["refused", "submitted", "done"]
    assert code_of(told[3]) == (None, "lines-refused")
    lines[1]["theme"] = "secrecy"
    told = imported(cast, *lines, submit=True, judged_all=True)
    assert [each.outcome for each in told] == ["already-there", "created", "submitted", "done"]


def test_without_a_stance_it_is_kept_and_not_submitted(cast: Cast, text: Document) -> None:
    told = imported(cast, line(text, "Pay", stance=None), submit=True)
    assert [each.outcome for each in told[:2]] == ["created", "refused"]
    assert told[1].refusal is not None
    assert told[1].refusal.code == "stance-missing"


def test_what_is_submitted_takes_no_more_lines(cast: Cast, text: Document) -> None:
    imported(cast, line(text, "Pay"), submit=True)
    told = imported(cast, line(text, "family"))
    assert code_of(told[0]) == (None, "assignment-submitted")


def test_many_lines_are_taken_in_parts(cast: Cast) -> None:
    """What was answered is kept, wherever the rest breaks off."""
    row = document(cast.project, "\n".join(f"Line {number:04}." for number in range(700)))
    lines = [line(row, f"Line {number:04}.") for number in range(700)]
    lines[300]["quote"] = "Else"
    how = Import(Round("Many"))
    told = import_annotations(cast.project, raw(lines), how, by=cast.mia, now=NOW)
    for _ in range(AT_ONCE):
        next(told)
    told.close()  # type: ignore[attr-defined]  # it is a generator
    assert Annotation.objects.count() == AT_ONCE
    rest = imported(cast, *lines, name="Many")
    assert rest[-1].counts == {"already-there": AT_ONCE, "created": 449, "refused": 1}
    assert [each.line for each in rest[:-1]] == list(range(1, 701))


def test_lines_of_a_release_are_lines(cast: Cast, text: Document) -> None:
    said = {
        "schema_version": "v1",
        "document": str(uuid4()),
        "external_id": None,
        "text_sha256": text.text_sha256,
        "offset_unit": "codepoint",
        "id": str(uuid4()),
        "start": 0,
        "end": 3,
        "quote": "Pay",
        "label": "long_hours",
        "theme": "burnout",
        "stance": "favor",
        "holder_kind": "author",
        "holder_name": None,
        "origin": "unanimous",
        "votes_for": 2,
        "votes_total": 2,
        "adjudicator": None,
        "reason": None,
        "clause": None,
    }
    assert outcomes(imported(cast, said, coder="gold")) == ["created"]
    row = Annotation.objects.select_related("theme", "coder").get()
    assert (row.theme.key, row.holder_kind, row.coder.pseudonym) == ("long_hours", "author", "gold")
