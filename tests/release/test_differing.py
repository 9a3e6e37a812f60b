"""Two releases side by side: which documents, which labels, and what of them."""

from __future__ import annotations

from dataclasses import replace

from annotations.release.canonical import line
from annotations.release.differing import by_theme, differences
from annotations.release.schema import DocumentRow, SpanRow
from tests.release.shapes.samples import document, span

IDS = [f"00000000-0000-7000-8000-{n:012}" for n in range(4)]


def text(n: int, *spans: SpanRow) -> DocumentRow:
    return replace(document(), id=IDS[n], spans=spans)


def lines(*documents: DocumentRow) -> list[bytes]:
    return [line(each) for each in documents]


def test_documents_come_go_and_stay() -> None:
    before = lines(text(0, span(0, 9)), text(1), text(2, span(10, 23)))
    after = lines(text(1), text(2, span(10, 23)), text(3, span(0, 9)))
    found = list(differences(before, after))
    assert [(each.document, each.what) for each in found] == [
        (IDS[0], "removed"),
        (IDS[3], "added"),
    ]
    assert by_theme(found) == {"secrecy": {"added": 1, "removed": 1, "changed": 0}}


def test_a_label_with_another_stance_is_changed_by_that_field() -> None:
    before, after = span(10, 23), span(10, 23, stance="favor")
    (found,) = differences(lines(text(0, before)), lines(text(0, after)))
    assert (found.what, found.added, found.removed) == ("changed", (), ())
    assert [each.fields for each in found.changed] == [("stance",)]


def test_a_label_ruled_on_anew_is_the_same_by_theme_and_place() -> None:
    before, after = span(10, 23), replace(span(10, 23), id="s9", origin="adjudicated")
    (found,) = differences(lines(text(0, before)), lines(text(0, after)))
    assert [each.fields for each in found.changed] == [("origin",)]


def test_a_label_elsewhere_is_another() -> None:
    before, after = span(10, 23), replace(span(0, 9), id="s9")
    (found,) = differences(lines(text(0, before)), lines(text(0, after)))
    assert ([each.id for each in found.removed], [each.id for each in found.added]) == (
        ["s1"],
        ["s9"],
    )


def test_two_labels_of_one_place_are_paired_once_each() -> None:
    before = (span(10, 23), replace(span(10, 23), id="s2"))
    after = (replace(span(10, 23), id="s2"), replace(span(10, 23), id="s3"))
    assert [
        (each.added, each.removed, each.changed)
        for each in differences(lines(text(0, *before)), lines(text(0, *after)))
    ] == [((), (), ())]


def test_what_is_said_of_a_document_is_named() -> None:
    before, after = text(0), replace(text(0), split="test", title="Night")
    (found,) = differences(lines(before), lines(after))
    assert found.fields == ("title", "split")


def test_releases_with_the_same_bytes_do_not_differ() -> None:
    same = lines(text(0, span(0, 9)), text(1))
    assert list(differences(same, same)) == []
    assert list(differences([], [])) == []
