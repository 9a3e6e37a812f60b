"""What the columns of a table may mean: delimiter, names in the first row, a proposal. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

from annotations.corpus.choices import Columns

DELIMITERS = (",", ";", "\t", "|")
# What a document's parts are called by the API.
OWN_COLUMNS = Columns(
    text="text",
    title="title",
    external_id="id",
    source_url="url",
    published_on="published_on",
    language="language",
)
PARTS = ("text", "title", "external_id", "source_url", "published_on", "language")
OWN = frozenset({*(getattr(OWN_COLUMNS, part) for part in PARTS), "attributes"})
# Headings as they are met, in English and French, folded; the first that is met has the part.
_HEADINGS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "texte", "body", "corps", "content", "contenu", "article", "fulltext"),
        *("texteintegral", "articletext", "textedelarticle", "story", "document", "message"),
    ),
    "title": ("title", "titre", "headline", "heading", "intitule", "subject", "objet"),
    "external_id": (
        *("id", "identifier", "identifiant", "articleid", "documentid", "docid", "uid"),
        # "n" is what is left of "N°".
        *("uuid", "ref", "reference", "no", "numero", "n"),
    ),
    "source_url": ("url", "link", "lien", "uri", "address", "adresse", "sourceurl", "permalink"),
    "published_on": (
        *("publishedon", "date", "published", "publie", "publieele", "publicationdate"),
        *("datedepublication", "pubdate", "publishedat", "day", "jour"),
    ),
    "language": ("language", "langue", "lang", "languagecode", "locale"),
}


class Proposal(NamedTuple):
    """`columns` is None where no column can be the text."""

    names: list[str]
    header: bool
    columns: Columns | None


def sniffed(sample: str, name: str) -> str:
    """The delimiter: what stands equally often in the most of the first lines.

    >>> sniffed("id;titre;texte\\n1;A, b;C", "a.csv"), sniffed("a,b", "a.tsv")
    (';', '\\t')
    """
    if PurePath(name.partition("#")[0]).suffix.lower() == ".tsv":
        return "\t"
    # What stands in quotes does not count, and neither does a last line that was cut.
    lines = [line for line in re.sub(r'"[^"]*"', "", sample).splitlines() if line.strip()][:20]

    def order(delimiter: str) -> tuple[float, int]:
        counts = Counter(line.count(delimiter) for line in lines)
        usual = max((n for n in counts if n), key=lambda n: counts[n], default=0)
        head = lines[0].count(delimiter) if lines else 0
        return (counts[usual] / len(lines) if usual and head else 0.0), head

    return max(DELIMITERS, key=order)


def proposed(rows: Sequence[Sequence[str]], *, header: bool | None = None) -> Proposal:
    """From the first rows of a table.

    >>> proposed([["id", "Titre", "Texte"], ["1", "Pain", "Le prix monte."]]).columns.text
    'Texte'
    """
    first = [cell.strip() for cell in rows[0]]
    if header is None:
        header = is_header(first)
    names = _distinct(first) if header else [str(number + 1) for number in range(len(first))]
    found = _by_heading(names) if header else {}
    if "text" not in found and (longest := _longest(rows[int(header) :], names)):
        found = {part: name for part, name in found.items() if name != longest}
        found["text"] = longest
    if "text" not in found:
        return Proposal(names, header, None)
    others = [name for name in names if name not in found.values()] if header else []
    keys = {name: key for name in others if (key := key_of(name))}
    return Proposal(names, header, Columns(**found, attributes=keys))


def is_header(cells: Sequence[str]) -> bool:
    """A known heading, or names as headings are: all there, all different, short, no numbers."""
    folded = [_folded(cell) for cell in cells]
    if any(cell in headings for cell in folded for headings in _HEADINGS.values()):
        return True
    named = [cell for cell in cells if cell and len(cell) <= 60 and re.search(r"[^\W\d_]", cell)]
    return len(cells) > 1 and len(named) == len(set(cells)) == len(cells)


def is_own(names: Sequence[str]) -> bool:
    """Whether they are the names that the API gives to the parts of a document, and no others."""
    return "text" in names and OWN.issuperset(names)


def own(names: Sequence[str]) -> Columns:
    """The parts that are there under their own names."""
    there = {part: getattr(OWN_COLUMNS, part) for part in PARTS}
    return Columns(**{part: name for part, name in there.items() if name in names})


def key_of(name: str) -> str:
    """A key for an attribute of this name, "" where none can be made.

    >>> key_of("Nom du média (FR)")
    'nom-du-media-fr'
    """
    return re.sub(r"[\W_]+", "-", _bare(name)).strip("-")[:60]


def _by_heading(names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part, headings in _HEADINGS.items():
        ranked = [(headings.index(_folded(n)), n) for n in names if _folded(n) in headings]
        free = [name for _, name in sorted(ranked) if name not in found.values()]
        if free:
            found[part] = free[0]
    return found


def _longest(rows: Sequence[Sequence[str]], names: Sequence[str]) -> str | None:
    sizes = {
        name: sum(len(row[at]) for row in rows if at < len(row)) for at, name in enumerate(names)
    }
    best = max(names, key=lambda name: sizes[name], default=None)
    return best if best and sizes[best] else None


def _distinct(names: Sequence[str]) -> list[str]:
    """Nameless columns are called by their number, and of two alike the later gets its number."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        name = name[:200] or str(number)
        while name in found:
            name = f"{name} ({number})"
        found[name] = None
    return list(found)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", _bare(name))


def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))
