"""Keys to ids, and one language of an edition."""

from __future__ import annotations

from typing import Any

from annotations.codebook.models import Edition, Theme
from annotations.codebook.reading import for_page, lookup
from tests.cast import Cast


def test_a_lookup_gives_ids_parents_and_where_a_memo_is_needed(cast: Cast) -> None:
    found = lookup(cast.edition.pk)
    burnout = Theme.objects.get(edition=cast.edition, key="burnout")
    assert found.themes["burnout"] == burnout.pk
    assert list(found.stances) == ["against", "mixed", "favor", "none", "unclear"]
    assert found.memo_required == {"other"}
    assert found.parents["long_hours"] == "burnout"
    assert found.parents["burnout"] is None


def test_a_frozen_edition_is_read_once(cast: Cast, django_assert_num_queries: Any) -> None:
    first = lookup(cast.edition.pk)
    with django_assert_num_queries(0):
        assert lookup(cast.edition.pk) is first


def test_a_draft_is_read_again_each_time(cast: Cast) -> None:
    draft = Edition.objects.create(project=cast.project, number=2)
    assert lookup(draft.pk).themes == {}
    theme = Theme.objects.create(edition=draft, key="pay", code="PA", colour=1)
    assert lookup(draft.pk).themes == {"pay": theme.pk}


def test_a_page_has_one_language_and_inherited_propositions(cast: Cast) -> None:
    page = for_page(cast.edition, "fr")
    assert page["edition"] == 1
    by_key = {theme["key"]: theme for theme in page["themes"]}
    assert by_key["burnout"]["name"] == "burnout"
    assert by_key["long_hours"]["parent"] == "burnout"
    assert by_key["long_hours"]["proposition"] == "burnout is acceptable."
    assert by_key["long_hours"]["stance_labels"]["favor"] == "favor"
    assert [stance["glyph"] for stance in page["stances"]] == ["−", "±", "+", "○", "?"]
    assert for_page(cast.edition, "en")["themes"][1]["name"] == "Long hours"


def test_a_page_takes_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # themes with parents, stances
        for_page(cast.edition, "en")
