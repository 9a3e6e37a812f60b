"""What the tables of the documentation have to say, from the product itself."""

from __future__ import annotations

import re
from html import unescape

from django.utils.translation import gettext, override

from annotations.pages.strings import coding_strings
from annotations.release.bundling import BUNDLE
from annotations.release.formats import FORMATS
from annotations.release.formats.contract import Format
from annotations.release.freezing import DOCUMENTS
from annotations.release.shapes import SHAPES
from annotations.release.shapes.contract import File
from tests.servers import ROOT

ONE = re.compile(r"\{ verb: '([\w-]+)', keys: \[(.*?)\], group: '(\w+)'(?:, fixed: \[(.*?)\])? \}")
LETTER = re.compile(r"(Shift\+)?[a-z]")
ARROWS = {"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→"}
UNITS = {
    "en": {"codepoint": "code point", "utf16": "UTF-16", "token": "token"},
    "fr": {"codepoint": "point de code", "utf16": "UTF-16", "token": "mot"},
}
PRINTED = {"fr": {"`Enter`": "`Entrée`", "`Esc`": "`Échap`"}}


def keys(group: str, *, language: str = "en") -> list[list[str]]:
    """(keys, what they do) of a group of `keys/commands.js`, as they are before anyone changes them."""
    source = (ROOT / "annotations/static/annotations/keys/commands.js").read_text(encoding="utf-8")
    with override(language):
        words = {name: str(text) for name, text in coding_strings().items()}
    rows = []
    for verb, named, its_group, fixed in ONE.findall(source):
        if its_group == group:
            pressed = re.findall(r"'(.+?)'", fixed or named)
            letters = [each for each in pressed if LETTER.fullmatch(each)]
            kept = [chord(each, words) for each in pressed if each not in letters[1:]]
            rows.append([", ".join(kept), words[f"do_{verb}"]])
    return rows


def chord(name: str, words: dict[str, str]) -> str:
    """`Mod+Shift+k` as it is printed on a keyboard, in code as Markdown has it."""
    parts = [ARROWS.get(part) or words.get(f"key_{part}", part) for part in name.split("+")]
    return "+".join(f"`{part.upper() if len(part) == 1 else part}`" for part in parts)


def adjudication_keys(*, language: str = "en") -> list[list[str]]:
    """(keys, what they do) as the page of adjudication shows them."""
    name = "annotations/templates/annotations/desk/_adjudication_keys.html"
    source = (ROOT / name).read_text(encoding="utf-8")
    rows = []
    for pressed, does in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", source):
        shown = re.sub(r"\{% for letter .*%\}", "`A`, `B`, …", pressed)
        shown = re.sub(r"<kbd>(.*?)</kbd>", r"`\1`", shown).replace(" · ", ", ")
        shown = re.sub(r"`[ ]`", "`, `", shown)
        for key, printed in PRINTED.get(language, {}).items():
            shown = shown.replace(key, printed)
        found = re.search(r'translate "(.*?)"', does)
        assert found, does
        with override(language):
            rows.append([unescape(shown), gettext(found[1])])
    return rows


def formats(*, language: str = "en") -> list[list[str]]:
    """(file, what it is, unit, cannot hold, asks) of those that a release's page lists in its language."""
    units = UNITS[language]
    with override(language):
        return [_row(each, units) for each in (*FORMATS.values(), *SHAPES.values())]


def whole() -> list[list[str]]:
    """The same in English of the two files that hold a release in one."""
    said = "documents, spans, passages, annotations as JSON lines and CSV, in one"
    rows = [
        (DOCUMENTS, "The release itself: a line a document"),
        (BUNDLE, f"A dataset folder: {said}"),
    ]
    return [[f"`{file}`", title, "code point", "Nothing.", ""] for file, title in rows]


def _row(each: Format | File, units: dict[str, str]) -> list[str]:
    unit = units[each.unit if isinstance(each, Format) else "codepoint"]
    asks = ", ".join(f"`{ask}`" for ask in sorted(each.takes))
    return [f"`{each.file}`", gettext(each.title), unit, gettext(each.loses), asks]
