"""The French catalogue: gathered from sources and templates, written and compiled by Babel.

    python -m tests.translations            what lacks a translation
    python -m tests.translations update     renew django.po and django.mo
    python -m tests.translations update F…  the same, with translations from JSON, {english: french}

gettext's own tools are not needed. `django.mo` is kept beside `django.po`, so that an
installation needs neither.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "annotations"
PO = SOURCES / "locale" / "fr" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    # Of pure modules, see annotations/text/phrases.py.
    "wording": None,
    "phrase": None,
}
Key = tuple[str, str | None]


def wanted() -> Catalog:
    """Every phrase that the product shows, with where it stands."""
    catalog = new_catalog()
    for path in sorted(SOURCES.rglob("*")):
        if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
            for line, message, context in _phrases(path):
                place = path.relative_to(ROOT).as_posix()
                catalog.add(message, locations=[(place, line)], context=context)
    return catalog


class Plain(Catalog):
    """A catalogue whose header names no day, no person and no tool, so that it can be compared."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "fr"),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def new_catalog() -> Plain:
    comment = "# French of the annotation workbench."
    return Plain(locale="fr", header_comment=comment, fuzzy=False)


def _phrases(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = _as_python(text)
    found = extract("python", io.BytesIO(text.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        yield line, message, context


def _as_python(template: str) -> str:
    """Django turns what is translated into calls, and blanks the rest; here unindented."""
    from django.utils.translation.template import templatize

    return re.sub(r"(?m)^[ \t]+", "", templatize(template))


def stored() -> Catalog:
    """What django.po says."""
    catalog = new_catalog()
    with PO.open("rb") as file:
        for message in read_po(file, locale="fr"):
            if message.id:
                catalog[message.id] = message
    return catalog


def key(message: Message) -> Key:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return text, message.context


def phrases(catalog: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalog if message.id}


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(words) and not message.fuzzy


def merged(taken: Iterable[Path]) -> Catalog:
    """What is wanted, with what is translated already or given by the files."""
    known = {each: m.string for each, m in phrases(stored()).items()} if PO.exists() else {}
    for path in taken:
        given = json.loads(path.read_text(encoding="utf-8"))
        known.update({(english, None): french for english, french in given.items()})
    catalog = wanted()
    for each, message in phrases(catalog).items():
        said = known.get(each)
        plural = isinstance(message.id, tuple)
        if said and plural == isinstance(said, tuple | list):
            message.string = tuple(map(set_as_french, said)) if plural else set_as_french(said)
    return catalog


def set_as_french(text: str) -> str:
    """Narrow no-break spaces where French has them, and the right apostrophe.

    >>> set_as_french("L'avez-vous lu ?") == "L’avez-vous lu\u202f?"
    True
    """
    text = re.sub(r"[ \u00a0](?=[;:!?»]|%%)", "\u202f", text)
    return re.sub(r"(?<=«)[ \u00a0]", "\u202f", text).replace("'", "’")


def as_po(catalog: Catalog) -> bytes:
    """Sorted by phrase and without places, so that a change shows what changed."""
    file = io.BytesIO()
    write_po(file, catalog, sort_output=True, no_location=True, width=100)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
    django.setup()
    catalog = merged(Path(name) for name in arguments[1:])
    missing = [m.id for m in phrases(catalog).values() if not is_translated(m)]
    if arguments[:1] == ["update"]:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(as_po(catalog))
        PO.with_suffix(".mo").write_bytes(as_mo(stored()))
    sys.stdout.write("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
