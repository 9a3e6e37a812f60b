"""What the documentation promises of the demonstration is in it."""

from __future__ import annotations

import json

from tests.docs.reading import DOCS, table
from tests.servers import ROOT

VERBS = {
    "annotator": "codes",
    "adjudicator": "adjudicates",
    "manager": "manages",
    "reader": "reads",
}


def test_the_people_of_the_demonstration_are_introduced() -> None:
    people = json.loads((ROOT / "fixtures" / "demo.json").read_text(encoding="utf-8"))["people"]
    told = {who: does.split(",")[0] for who, does, _ in table(DOCS / "try.md", "Try it")}
    assert told == {each["username"]: VERBS[each["roles"][0]] for each in people if each["roles"]}


def test_as_many_articles_as_are_told() -> None:
    described = json.loads((ROOT / "fixtures" / "demo.json").read_text(encoding="utf-8"))
    assert len(described["documents"]) == 17
    assert "seventeen invented articles" in (DOCS / "try.md").read_text(encoding="utf-8")


def test_the_keys_of_the_demonstration_are_those_of_its_codebook() -> None:
    book = json.loads((ROOT / "fixtures" / "codebook-1.json").read_text(encoding="utf-8"))
    keys = {stance["key"]: stance["hotkey"].upper() for stance in book["stances"]}
    text = (DOCS / "code.md").read_text(encoding="utf-8")
    said = (
        f"`{keys['favor']}` acceptable, `{keys['against']}` unacceptable, `{keys['mixed']}` weighs"
    )
    assert said in text
