"""The next edition on screen: edited by one or two, compared, brought by files, frozen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from annotations.codebook.drafting import begin, draft_of, in_use, mark_of
from annotations.codebook.interchange import dump_edition
from annotations.codebook.models import Edition, Theme
from annotations.codebook.sheets import sheet_of
from tests.cast import Cast
from tests.codebook.test_checking import small
from tests.desk.test_corpus_pages import HOSTILE, browser, words
from tests.fixtures.demonstration import BOOKS

PAGE = "/projects/labs/codebook/draft"


@pytest.fixture
def mia(cast: Cast) -> Client:
    return browser(cast.mia)


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return begin(cast.project, by=cast.mia)


def form_of(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send of the form as the page has it."""
    answer = client.get(address)
    assert answer.status_code == 200
    sent: dict[str, Any] = {"part": answer.context["part"], "do": "save"}
    sent["key"] = answer.context["entry"].get("key", "")
    for group in answer.context["groups"]:
        for field in group.fields:
            sent[f"b.{field.path}"] = field.base
            if field.kind in ("examples", "counter_examples"):
                sent |= examples_of(field)
            else:
                sent[f"c.{field.path}"] = field.value
    return sent


def examples_of(field: Any) -> dict[str, list[str]]:
    parts = {"text": "text", "lang": "lang", "stance": "stance", "more": "more"}
    rows = {f"{field.path}.{name}": [e.get(name, "") for e in field.examples] for name in parts}
    for language in ("en", "fr"):
        why = [(each.get("why") or {}).get(language, "") for each in field.examples]
        rows[f"{field.path}.why.{language}"] = why
    return rows


def theme(draft: Edition, key: str = "burnout") -> Theme:
    return Theme.objects.get(edition=draft, key=key)


def refused(answer: HttpResponse, status: int) -> str:
    assert answer.status_code == status, words(answer)[:600]
    return words(answer)


def test_it_is_begun_from_the_edition_in_use(cast: Cast, mia: Client) -> None:
    assert "Begin from edition 1" in words(mia.get(PAGE))
    assert "Edition 2 has been begun." in words(mia.post(PAGE, {"do": "begin"}, follow=True))
    assert draft_of(cast.project) is not None
    assert "begun already" in refused(mia.post(PAGE, {"do": "begin"}), 409)


def test_what_is_sent_back_unchanged_changes_nothing(cast: Cast, mia: Client) -> None:
    mia.post(PAGE, {"do": "import", "file": file(BOOKS[2])})
    draft = draft_of(cast.project)
    assert draft is not None
    before = dump_edition(draft)
    for address in ("?theme=burnout", "?theme=long_hours", "?stance=against", "?note="):
        answer = mia.post(PAGE, form_of(mia, PAGE + address))
        assert answer.status_code == 302
    assert dump_edition(draft) == before


def test_a_field_is_saved_and_the_difference_stands_beside(mia: Client, draft: Edition) -> None:
    form = form_of(mia, f"{PAGE}?theme=burnout")
    form |= {"c.exclude.en": "The pace of products.\r\nPraise.", "c.hotkey": "9"}
    page = mia.post(PAGE, form, follow=True)
    assert "Saved." in words(page)
    assert "<ins>The pace of products.\nPraise.</ins>" in page.content.decode()
    assert (theme(draft).exclude, theme(draft).hotkey) == (
        {"en": "The pace of products.\nPraise."},
        "9",
    )


def test_examples_are_added_and_emptied(mia: Client, draft: Edition) -> None:
    form = form_of(mia, f"{PAGE}?theme=burnout")
    form |= {
        "examples.text": ["Ninety | hours.", ""],
        "examples.lang": ["en", ""],
        "examples.stance": ["against", ""],
        "examples.more": ['{"source": "made up"}', "no json"],
        "examples.why.en": ["Named.", ""],
        "examples.why.fr": ["", ""],
    }
    mia.post(PAGE, form)
    assert theme(draft).examples == [
        {
            "lang": "en",
            "text": "Ninety | hours.",
            "stance": "against",
            "source": "made up",
            "why": {"en": "Named."},
        }
    ]
    form = form_of(mia, f"{PAGE}?theme=burnout")
    form["examples.text"] = ["", ""]
    mia.post(PAGE, form)
    assert theme(draft).examples == []


def test_a_box_that_is_not_ticked_is_off(mia: Client, draft: Edition) -> None:
    form = form_of(mia, f"{PAGE}?theme=other")
    assert form.pop("c.memo_required") == "yes"
    mia.post(PAGE, form)
    assert not theme(draft, "other").memo_required


def test_a_fault_is_named_at_its_field_and_nothing_typed_is_lost(
    mia: Client, draft: Edition
) -> None:
    form = form_of(mia, f"{PAGE}?theme=burnout")
    taken = theme(draft, "compensation").hotkey
    form |= {"c.code": "B", "c.definition.en": "Typed", "c.hotkey": taken}
    answer = mia.post(PAGE, form)
    assert "Not saved" in refused(answer, 422)
    fields = {f.path: f for group in answer.context["groups"] for f in group.fields}
    assert "two letters" in fields["code"].errors[0]
    assert "already" in fields["hotkey"].errors[0]
    assert fields["definition.en"].value == "Typed"
    assert theme(draft).definition == {}
    assert mia.post(PAGE, form | {"c.code": "BX", "c.hotkey": "9"}).status_code == 302
    assert theme(draft).definition == {"en": "Typed"}


def test_of_two_who_save_at_once_the_second_sees_both(
    cast: Cast, mia: Client, draft: Edition
) -> None:
    first, second = (form_of(mia, f"{PAGE}?theme=burnout") for _ in range(2))
    mia.post(PAGE, first | {"c.definition.en": "Theirs", "c.include.en": "More"})
    mine = second | {"c.definition.en": "Mine", "c.exclude.en": "Less"}
    answer = mia.post(PAGE, mine)
    said = refused(answer, 412)
    assert "Saved meanwhile by somebody else Theirs" in said
    fields = {f.path: f for group in answer.context["groups"] for f in group.fields}
    assert (fields["definition.en"].value, fields["definition.en"].saved) == ("Mine", "Theirs")
    assert fields["exclude.en"].value == "Less"
    again = mine | {"b.definition.en": fields["definition.en"].base}
    assert mia.post(PAGE, again | {"take": "definition.en"}).status_code == 302
    assert theme(draft).definition == {"en": "Theirs"}
    assert theme(draft).exclude == {"en": "Less"}
    assert theme(draft).include == {"en": "More"}


def test_the_second_may_insist(mia: Client, draft: Edition) -> None:
    first, second = (form_of(mia, f"{PAGE}?theme=burnout") for _ in range(2))
    mia.post(PAGE, first | {"c.definition.en": "Theirs"})
    mine = second | {"c.definition.en": "Mine"}
    fields = {f.path: f for g in mia.post(PAGE, mine).context["groups"] for f in g.fields}
    mia.post(PAGE, mine | {"b.definition.en": fields["definition.en"].base})
    assert theme(draft).definition == {"en": "Mine"}


def test_what_was_typed_into_a_theme_that_is_gone_is_shown(mia: Client, draft: Edition) -> None:
    form = form_of(mia, f"{PAGE}?theme=compensation") | {"c.definition.en": "My long thought"}
    mia.post(PAGE, {"do": "archive", "key": "compensation"})
    assert "My long thought" in refused(mia.post(PAGE, form), 409)


def test_themes_are_added_moved_and_left_out_with_a_record(mia: Client, draft: Edition) -> None:
    new = {"do": "add", "new_key": "talent_war", "new_name_en": "Talent war", "new_parent": ""}
    assert "Describe it" in words(mia.post(PAGE, new, follow=True))
    mia.post(PAGE, {"do": "up", "key": "talent_war"})
    why = {"do": "merge", "key": "talent_war", "into": "compensation", "reason": "Too few."}
    mia.post(PAGE, why)
    mia.post(PAGE, {"do": "archive", "key": "burnout", "reason": "Too broad."})
    said = words(mia.get(PAGE))
    assert "“talent_war”: now part of “Compensation”. Too few." in said
    assert "not used any more. Too broad." in said
    assert "The theme is back." in words(
        mia.post(PAGE, {"do": "restore", "key": "burnout"}, follow=True)
    )
    assert theme(draft).code == "BU"


def test_a_theme_is_split(mia: Client, draft: Edition) -> None:
    split = {
        "do": "split",
        "key": "compensation",
        "first_key": "level",
        "first_name_en": "Level",
        "second_key": "gap",
        "second_name_fr": "Écart",
    }
    assert "Split." in words(mia.post(PAGE, split, follow=True))
    assert theme(draft, "gap").name == {"fr": "Écart"}
    same = {**split, "key": "gap", "first_key": "x", "second_key": "x"}
    assert "two new keys" in refused(mia.post(PAGE, same), 422)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"do": "explode"}, 422),
        ({"do": "save", "part": "everything"}, 422),
        ({"do": "save", "part": "themes", "key": "gone"}, 409),
        ({"do": "archive", "key": "gone"}, 409),
        ({"do": "merge", "key": "burnout", "into": "burnout"}, 422),
        ({"do": "add", "new_key": "Not a key", "new_name_en": "x"}, 422),
        ({"do": "add", "new_key": "burnout", "new_name_en": "x"}, 422),
        ({"do": "restore", "key": "nothing"}, 409),
        ({"do": "freeze", "seen": "long ago"}, 412),
        ({"do": "discard", "seen": ""}, 412),
        ({"do": "import"}, 422),
    ],
)
def test_what_cannot_be_is_said(
    mia: Client, draft: Edition, sent: dict[str, str], status: int
) -> None:
    before = dump_edition(draft)
    refused(mia.post(PAGE, sent), status)
    assert dump_edition(draft) == before


def test_it_is_frozen_as_it_was_read(cast: Cast, mia: Client, draft: Edition) -> None:
    assert "nothing to freeze" in words(mia.get(PAGE))
    mia.post(PAGE, form_of(mia, f"{PAGE}?theme=burnout") | {"c.definition.en": "New"})
    page = mia.get(PAGE)
    assert "Freeze edition 2" in words(page)
    frozen = mia.post(PAGE, {"do": "freeze", "seen": page.context["seen"]}, follow=True)
    assert "Edition 2 is frozen." in words(frozen)
    assert "What differs from edition 1" in words(frozen)
    assert in_use(cast.project) == draft
    assert "draft is no more" in refused(mia.post(PAGE, {"do": "up", "key": "burnout"}), 409)


def test_it_is_discarded(cast: Cast, mia: Client, draft: Edition) -> None:
    seen = mark_of(dump_edition(draft))
    mia.post(PAGE, {"do": "discard", "seen": seen})
    assert draft_of(cast.project) is None


def file(book: dict[str, Any] | str, name: str = "book.json") -> SimpleUploadedFile:
    text = book if isinstance(book, str) else json.dumps(book)
    return SimpleUploadedFile(name, text.encode())


def test_what_is_downloaded_can_be_brought_back(cast: Cast, mia: Client) -> None:
    mia.post(PAGE, {"do": "import", "file": file(BOOKS[2])})
    draft = draft_of(cast.project)
    assert draft is not None
    assert draft.number == 2
    before = dump_edition(draft)
    for kind in ("json", "csv"):
        got = mia.get(f"/projects/labs/codebook/2.{kind}")
        assert f"labs-codebook-2.{kind}" in got.headers["Content-Disposition"]
        mia.post(PAGE, form_of(mia, f"{PAGE}?theme=burnout") | {"c.name.en": "Other words"})
        seen = mia.get(PAGE).context["seen"]
        back = SimpleUploadedFile(f"back.{kind}", got.content)
        assert mia.post(PAGE, {"do": "import", "file": back, "seen": seen}).status_code == 302
        assert dump_edition(draft) == before
    assert mia.get("/projects/labs/codebook/7.csv").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("b.json", b"{", "no JSON"),
        ("b.json", b"[" * 100_000, "no JSON"),
        ("b.json", b'{"themes": []}', "at least one"),
        ("b.csv", "key,name.en\npay,Ré\n".encode("cp1252"), "UTF-8"),
        ("b.csv", b"key,hue\npay,3\n", "column “hue”"),
        ("b.csv", b"key,code,colour,name.en\npay,PAY,2,Pay\n", "Row 2, column “code”"),
        ("b.csv", b"key\n" + b"x" * 3_000_000, "at most 2 MB"),
    ],
)
def test_a_file_that_is_no_codebook_is_refused(
    cast: Cast, mia: Client, name: str, content: bytes, said: str
) -> None:
    answer = mia.post(PAGE, {"do": "import", "file": SimpleUploadedFile(name, content)})
    assert said in refused(answer, 422)
    assert draft_of(cast.project) is None


def test_a_table_of_themes_keeps_the_scale(cast: Cast, mia: Client) -> None:
    table = sheet_of({"themes": small()["themes"], "stances": []})
    mia.post(PAGE, {"do": "import", "file": file(table, "themes.csv")})
    draft = draft_of(cast.project)
    assert draft is not None
    assert draft.stances.count() == cast.edition.stances.count()


def test_markup_is_shown_as_it_was_typed(mia: Client, draft: Edition) -> None:
    form = form_of(mia, f"{PAGE}?theme=burnout")
    form |= {"c.name.en": HOSTILE, "c.include.en": HOSTILE, "examples.text": [HOSTILE]}
    form |= {f"examples.{name}": [HOSTILE] for name in ("lang", "why.en")}
    assert mia.post(PAGE, form).status_code == 302
    mia.post(PAGE, {"do": "archive", "key": "compensation", "reason": HOSTILE})
    for address in (PAGE, f"{PAGE}?theme=burnout", "/projects/labs/codebook?edition=2"):
        text = mia.get(address).content.decode()
        assert "<script>alert" not in text
        assert not re.search(r"<[^>]*\son\w+=", text)
