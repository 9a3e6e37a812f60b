"""Every difference is told, at its clause and in its words, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.codebook.differing import as_json, differences, moved_among, words_between
from tests.codebook.test_checking import small
from tests.fixtures.demonstration import BOOKS


def drawn(before: str, after: str) -> str:
    marks = {"same": "%s", "gone": "[-%s-]", "new": "{+%s+}"}
    return "".join(marks[each.kind] % each.text for each in words_between(before, after))


def test_words_are_told_apart_not_letters() -> None:
    assert drawn("Hours and nights.", "Hours, nights.") == "Hours[- and-]{+,+} nights."
    assert drawn("L’horaire", "L’horaires") == "L’[-horaire-]{+horaires+}"


def test_chinese_is_told_sign_by_sign() -> None:
    assert drawn("科研人员加班", "科研人员休息") == "科研人员[-加班-]{+休息+}"


@given(st.text(), st.text())
def test_pieces_spell_both_texts(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(each.text for each in pieces if each.kind != "new") == before
    assert "".join(each.text for each in pieces if each.kind != "gone") == after


def test_a_very_long_text_is_replaced_as_a_whole() -> None:
    before, after = "a " * 5000, "b " * 5000
    assert [each.kind for each in words_between(before, after)] == ["gone", "new"]


def test_the_demonstration_s_second_edition_says_what_it_changed() -> None:
    found = differences(BOOKS[1], BOOKS[2])
    assert [each.key for each in found.changes if each.kind == "added"] == [
        "talent_war",
        "commercialisation",
    ]
    changed = [each for each in found.changes if each.kind == "changed"]
    assert changed
    assert {clause.path.partition(".")[0] for each in changed for clause in each.clauses} <= {
        "definition",
        "exclude",
        "hotkey",
        "include",
    }
    assert {clause.path for clause in found.note} == {"note.en", "note.fr"}


def test_the_same_codebook_differs_in_nothing() -> None:
    assert not differences(BOOKS[1], copy.deepcopy(BOOKS[1]))


def test_what_is_removed_is_told_with_its_words() -> None:
    after = small()
    gone = after["themes"].pop()
    found = differences(small(), after)
    assert [(each.key, each.kind) for each in found.changes] == [(gone["key"], "removed")]
    assert ("name.en", "Burnout", "") in [
        (each.path, each.before, each.after) for each in found.changes[0].clauses
    ]


def test_only_what_was_moved_is_said_to_have_moved() -> None:
    after = small()
    after["themes"].insert(0, after["themes"].pop())
    found = differences(small(), after)
    assert [(each.key, each.moved, each.clauses) for each in found.changes] == [("pay", True, ())]


@given(st.permutations("abcdef"))
def test_what_did_not_move_is_in_order(after: Any) -> None:
    moved = moved_among("abcdef", after)
    kept = [key for key in after if key not in moved]
    assert kept == sorted(kept)


def test_from_nothing_everything_is_new() -> None:
    found = differences(None, small())
    assert {each.kind for each in found.changes} == {"added"}
    assert found.count("added") == 3
    assert as_json(found)["changes"][0]["clauses"]
