"""The next edition is edited clause by clause, by two at once, and frozen as it was seen."""

from __future__ import annotations

import pytest

from annotations.codebook import reshaping
from annotations.codebook.drafting import (
    add_theme,
    begin,
    discard,
    draft_of,
    freeze_draft,
    in_use,
    mark_of,
    move,
    replace,
    reshape,
    set_clauses,
)
from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import dump_edition, load_edition
from annotations.codebook.models import Edition, Theme
from annotations.project.models import Project, Role
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible, Stale
from tests.cast import NOW, Cast
from tests.codebook.test_checking import small


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return begin(cast.project, by=cast.mia)


def text_of(draft: Edition, key: str = "burnout", field: str = "definition") -> str:
    theme = Theme.objects.get(edition=draft, key=key)
    return str(getattr(theme, field).get("en", ""))


def test_the_next_edition_begins_as_the_one_in_use(cast: Cast, draft: Edition) -> None:
    before, after = dump_edition(cast.edition), dump_edition(draft)
    assert (draft.number, draft.created_by) == (2, cast.coder(cast.mia))
    assert [each["key"] for each in after["themes"]] == [each["key"] for each in before["themes"]]
    assert after["note"] == {}
    with pytest.raises(NotNow):
        begin(cast.project, by=cast.mia)


def test_the_first_edition_begins_with_a_scale(cast: Cast) -> None:
    fresh = Project.objects.create(slug="fresh", name="Fresh")
    fresh.coders.create(user=cast.mia, pseudonym="coder-01")
    fresh.memberships.create(user=cast.mia, role=Role.MANAGER)
    begun = begin(fresh, by=cast.mia)
    assert (begun.number, begun.stances.count(), begun.themes.count()) == (1, 5, 1)
    assert freeze_draft(begun, seen=mark_of(dump_edition(begun)), by=cast.mia, now=NOW).frozen_at


@pytest.mark.parametrize(("name", "refusal"), [("ada", NotAllowed), ("dag", NotVisible)])
def test_only_managers_draft(
    cast: Cast, draft: Edition, name: str, refusal: type[Exception]
) -> None:
    person = getattr(cast, name)
    with pytest.raises(refusal):
        begin(cast.project, by=person)
    with pytest.raises(refusal):
        set_clauses(draft, "themes", "burnout", {"code": "XX"}, base={}, by=person)
    with pytest.raises(refusal):
        discard(draft, seen="", by=person)
    with pytest.raises(refusal):
        freeze_draft(draft, seen="", by=person, now=NOW)


def test_a_clause_is_set_and_only_its_row_is_written(cast: Cast, draft: Edition) -> None:
    before = {row.key: row.pk for row in draft.themes.all()}
    typed = {"definition.en": "Work that never ends.", "hotkey": "9"}
    base = {"definition.en": mark_of(""), "hotkey": mark_of("1")}
    set_clauses(draft, "themes", "burnout", typed, base=base, by=cast.mia)
    assert text_of(draft) == "Work that never ends."
    assert {row.key: row.pk for row in draft.themes.all()} == before
    events = Theme.pgh_event_model.objects.filter(edition_id=draft.pk, pgh_label="update")  # type: ignore[attr-defined]  # the audit's
    assert [event.key for event in events] == ["burnout"]


def test_two_who_edit_different_clauses_do_not_meet(cast: Cast, draft: Edition) -> None:
    empty = {"definition.en": mark_of(""), "include.en": mark_of("")}
    set_clauses(
        draft,
        "themes",
        "burnout",
        {"definition.en": "A", "include.en": ""},
        base=empty,
        by=cast.mia,
    )
    set_clauses(
        draft,
        "themes",
        "burnout",
        {"definition.en": "", "include.en": "B"},
        base=empty,
        by=cast.mia,
    )
    assert (text_of(draft), text_of(draft, field="include")) == ("A", "B")


def test_the_second_who_edits_a_clause_is_asked(cast: Cast, draft: Edition) -> None:
    base = {"definition.en": mark_of(""), "include.en": mark_of("")}
    set_clauses(draft, "themes", "burnout", {"definition.en": "Mine"}, base=base, by=cast.mia)
    typed = {"definition.en": "Theirs", "include.en": "More"}
    with pytest.raises(Stale) as refused:
        set_clauses(draft, "themes", "burnout", typed, base=base, by=cast.mia)
    assert refused.value.extra["contested"] == ["definition.en"]
    assert refused.value.extra["current"]["definition.en"] == "Mine"
    assert (text_of(draft), text_of(draft, field="include")) == ("Mine", "")
    same = {"definition.en": "Mine"}
    set_clauses(draft, "themes", "burnout", same, base=base, by=cast.mia)


def test_a_fault_is_named_and_nothing_is_written(cast: Cast, draft: Edition) -> None:
    typed = {"code": "B", "definition.en": "New"}
    base = {"code": mark_of("BU")}
    with pytest.raises(Invalid) as refused:
        set_clauses(draft, "themes", "burnout", typed, base=base, by=cast.mia)
    assert refused.value.extra["errors"][0]["field"] == "themes.burnout.code"
    assert text_of(draft) == ""


def test_codes_and_keys_can_be_exchanged(cast: Cast, draft: Edition) -> None:
    book = dump_edition(draft)
    first, second = book["themes"][0], book["themes"][1]
    first["code"], second["code"] = second["code"], first["code"]
    one, two = book["stances"][0], book["stances"][1]
    one["hotkey"], two["hotkey"] = two["hotkey"], one["hotkey"]
    load_edition(cast.project, book, by=None)
    assert dump_edition(draft) == book


def test_a_sub_theme_becomes_a_theme_and_outlives_its_parent(cast: Cast, draft: Edition) -> None:
    book = dump_edition(draft)
    child = next(each for each in book["themes"] if each["parent"])
    key, parent = child["key"], child["parent"]
    left = [each for each in book["themes"] if each["key"] == key or each["key"] != parent]
    for each in left:
        each["parent"] = None if each["parent"] == parent else each["parent"]
        each["hotkey"] = ""
    load_edition(cast.project, {**book, "themes": left}, by=None)
    assert draft.themes.get(key=key).parent is None
    assert not draft.themes.filter(key=parent).exists()


def test_themes_are_added_and_moved(cast: Cast, draft: Edition) -> None:
    add_theme(draft, "talent_war", {"en": "Talent war"}, parent=None, by=cast.mia)
    last = dump_edition(draft)["themes"][-1]
    assert (last["key"], last["code"]) == ("talent_war", "TA")
    move(draft, "talent_war", steps=-99, by=cast.mia)
    assert dump_edition(draft)["themes"][0]["key"] == "talent_war"
    with pytest.raises(Invalid):
        add_theme(draft, "talent_war", {"en": "Again"}, parent=None, by=cast.mia)
    with pytest.raises(Invalid):
        add_theme(draft, "Not a key", {"en": "x"}, parent=None, by=cast.mia)
    with pytest.raises(NotNow):
        add_theme(draft, "more", {"en": "x"}, parent="gone", by=cast.mia)


def test_a_draft_takes_another_shape(cast: Cast, draft: Edition) -> None:
    reshape(draft, lambda book: reshaping.archived(book, "compensation", reason=""), by=cast.mia)
    draft.refresh_from_db()
    assert [each["kind"] for each in draft.changes] == ["archive"]
    assert not draft.themes.filter(key="compensation").exists()
    assert cast.edition.themes.filter(key="compensation").exists()


def test_a_draft_is_discarded_as_it_was_seen(cast: Cast, draft: Edition) -> None:
    with pytest.raises(Stale):
        discard(draft, seen="another", by=cast.mia)
    discard(draft, seen=mark_of(dump_edition(draft)), by=cast.mia)
    assert draft_of(cast.project) is None
    assert in_use(cast.project) == cast.edition


def test_a_draft_that_says_nothing_new_is_not_frozen(cast: Cast, draft: Edition) -> None:
    with pytest.raises(NotNow):
        freeze_draft(draft, seen=mark_of(dump_edition(draft)), by=cast.mia, now=NOW)


def test_a_draft_is_frozen_as_it_was_seen(cast: Cast, draft: Edition) -> None:
    seen = mark_of(dump_edition(draft))
    set_clauses(draft, "themes", "burnout", {"definition.en": "New"}, base={}, by=cast.mia)
    with pytest.raises(Stale):
        freeze_draft(draft, seen=seen, by=cast.mia, now=NOW)
    frozen = freeze_draft(draft, seen=mark_of(dump_edition(draft)), by=cast.mia, now=NOW)
    assert in_use(cast.project) == frozen
    with pytest.raises(NotNow):
        set_clauses(draft, "themes", "burnout", {"code": "ZZ"}, base={}, by=cast.mia)


def test_the_note_is_a_clause_as_any(cast: Cast, draft: Edition) -> None:
    base = {"note.en": mark_of("")}
    set_clauses(draft, "edition", "", {"note.en": "Two themes more."}, base=base, by=cast.mia)
    assert dump_edition(draft)["note"] == {"en": "Two themes more."}
    set_clauses(
        draft,
        "stances",
        "favor",
        {"label.en": "For"},
        base={"label.en": mark_of("Favor")},
        by=cast.mia,
    )
    assert draft.stances.get(key="favor").label["en"] == "For"


def test_a_whole_codebook_replaces_the_draft_that_was_seen(cast: Cast, draft: Edition) -> None:
    with pytest.raises(Stale):
        replace(cast.project, small(), seen="", by=cast.mia)
    seen = mark_of(dump_edition(draft))
    replaced = replace(cast.project, {**small(), "edition": 9}, seen=seen, by=cast.mia)
    assert (replaced.pk, replaced.themes.count()) == (draft.pk, 3)
    freeze(replaced, now=NOW)
    assert replace(cast.project, small(), seen="", by=cast.mia).number == 3
    with pytest.raises(Invalid):
        replace(cast.project, ["no", "codebook"], seen="", by=cast.mia)
