"""Every link, picture, file and address that the documentation names is there."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.docs.reading import DOCS, inline, pages, prose
from tests.servers import ROOT

ALL = [*pages(), ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
FOLDERS = ("annotations", "workbench", "tests", "docs", "fixtures", "requirements")
FILE = re.compile(
    rf"^(?:{'|'.join(FOLDERS)})/[\w./-]*$|^[A-Z]\w+\.md$|^docker-compose\.yml$|^Makefile$"
)
ADDRESS = re.compile(r"^(?:(?:GET|PUT|POST|PATCH|DELETE) )?(/[a-z][\w/{}.*-]*)$")
PLACES = {
    "slug": "labs",
    "version": "v1",
    "file": "spans.csv",
    "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
    "a": "v1",
    "b": "v2",
}
LARGEST = 200_000  # bytes of a picture


def anchors(page: Path) -> set[str]:
    """As headings are linked to: small letters, blanks become hyphens, the rest falls away."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.name)
def test_every_link_leads_somewhere(sheet: Path) -> None:
    for _, words, target in LINK.findall(prose(sheet)):
        name, _, anchor = target.partition("#")
        assert "://" not in target, f"{target}: nothing leads out of the product"
        there = (sheet.parent / name).resolve() if name else sheet
        assert there.exists(), target
        assert not anchor or anchor in anchors(there), target
        assert words, target


@pytest.mark.parametrize(
    "sheet", [*pages(), ROOT / "CONTRIBUTING.md"], ids=lambda sheet: sheet.name
)
def test_every_file_that_is_named_is_there(sheet: Path) -> None:
    missing = [each for each in inline(sheet) if FILE.match(each) and not (ROOT / each).exists()]
    assert missing == []


@pytest.mark.parametrize("sheet", pages(), ids=lambda sheet: sheet.name)
def test_every_address_that_is_named_answers(sheet: Path) -> None:
    for each in inline(sheet):
        if found := ADDRESS.match(each):
            path = re.sub(r"\{(\w+)\}", lambda place: PLACES[place[1]], found[1])
            try:
                resolve(path)
            except Resolver404:
                pytest.fail(f"{each} is no address of the product")


def test_pictures_are_small_described_and_all_shown() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in pages()
        for mark, words, target in LINK.findall(prose(page))
        if mark
    }
    there = set((DOCS / "images").glob("*.png"))
    assert there == shown
    assert [each.name for each in there if each.stat().st_size > LARGEST] == []
    assert all(width(each) >= 390 for each in there)


def width(picture: Path) -> int:
    return int(struct.unpack(">I", picture.read_bytes()[16:20])[0])
