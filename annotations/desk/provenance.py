"""How a text came from its bytes, in words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.corpus.attributes.checking import LEFT_OUT
from annotations.corpus.models import Document, Passage
from annotations.corpus.readers.cautions import chain_in_words, places
from annotations.corpus.speaking import warning_in_words
from annotations.corpus.texts.repairs import tally
from annotations.text.phrases import recognised

MOST_LINKS = 12


class Told(NamedTuple):
    """A warning, the passages it is about, and whether there are more of them.

    `stored` is its English; `of_attribute` says that it is about a value that was left out.
    """

    words: str
    passages: list[Passage]
    more: bool
    stored: str
    of_attribute: bool


def repairs_in_words(document: Document) -> list[str]:
    """One sentence for each recorded step, in their order."""
    return [_IN_WORDS.get(step.get("step", ""), _any_step)(step) for step in document.repairs]


def repaired_in_words(step: Mapping[str, Any]) -> str:
    """What a step of mojibake repaired, with counts."""
    found = tally(step)
    if not found.chain:
        told = ngettext(
            "%(count)s place replaced by hand.",
            "%(count)s places replaced by hand.",
            found.repaired,
        )
        return told % {"count": found.repaired}
    told = ngettext(
        "Repaired: %(count)s place (UTF-8 read as %(chain)s), %(context)s from context, %(lost)s lost.",
        "Repaired: %(count)s places (UTF-8 read as %(chain)s), %(context)s from context, %(lost)s lost.",
        found.repaired,
    )
    return told % {
        "count": found.repaired,
        "chain": warning_in_words(chain_in_words(found.chain)),
        "context": found.from_context,
        "lost": found.lost,
    }


def rule_in_words(rule: str) -> str:
    """Why a substitution is the one it is."""
    return str(_RULES.get(rule, rule))


def warnings_of(document: Document) -> list[Told]:
    """The stored warnings, each with the passages that its first places stand in."""
    if not document.warnings:
        return []
    passages = list(document.passages.order_by("index"))
    starts = [passage.start for passage in passages]
    told = []
    for warning in document.warnings:
        found = places(warning, document.text, document.repairs)
        at = dict.fromkeys(bisect_right(starts, place.start) - 1 for place in found)
        linked = [passages[index] for index in at if index >= 0]
        told.append(
            Told(
                warning_in_words(warning),
                linked[:MOST_LINKS],
                len(linked) > MOST_LINKS,
                warning,
                recognised(warning, [LEFT_OUT]) is not None,
            )
        )
    return told


def _decoded(step: dict[str, Any]) -> str:
    encoding = ENCODINGS.get(step["encoding"], step["encoding"])
    values = {"encoding": encoding, "percent": round(100 * step["confidence"])}
    if step["how"] == "bom":
        return _("Read as %(encoding)s, as its byte order mark says.") % values
    if step["how"] == "chosen":
        return _("Read as %(encoding)s, which a person chose.") % values
    if step["how"] == "declared":
        return _("Read as %(encoding)s, which the page says and every byte fits.") % values
    if step["how"] == "detected":
        return _("Read as %(encoding)s, guessed with %(percent)s %% confidence.") % values
    return _("Read as %(encoding)s, which fits every byte.") % values


def _newlines(step: dict[str, Any]) -> str:
    return _("%(crlf)s × CR LF and %(cr)s × CR became line feeds.") % step


def _surrogates(step: dict[str, Any]) -> str:
    return _("%(joined)s × surrogate pairs joined, %(removed)s × lone halves removed.") % step


def _controls(step: dict[str, Any]) -> str:
    listed = ", ".join(f"{count} × {point}" for point, count in step["removed"].items())
    return _("Control characters removed: %(listed)s.") % {"listed": listed}


def _kept(step: dict[str, Any]) -> str:
    values = {"count": len(step["stretches"])}
    if step["format"] == "html":
        return _("Main text of a web page: %(count)s stretches of it.") % values
    return _("Markdown without its marks: %(count)s stretches of the file.") % values


def _any_step(step: dict[str, Any]) -> str:
    """A step of a later version: its name and what it recorded."""
    told = ", ".join(f"{key}: {value}" for key, value in step.items() if key != "step")
    return f"{step.get('step', '?')} ({told})"


_IN_WORDS = {
    "decode": _decoded,
    "newlines": _newlines,
    "surrogates": _surrogates,
    "controls": _controls,
    "kept": _kept,
    "mojibake": repaired_in_words,
}

_RULES = {
    "exact": gettext_lazy("the bytes say it"),
    "only": gettext_lazy("no other character fits"),
    "word": gettext_lazy("the word is known"),
    "elision": gettext_lazy("an elision before a vowel"),
    "contraction": gettext_lazy("an English contraction"),
    "apostrophe": gettext_lazy("an apostrophe by its place"),
    "quotation": gettext_lazy("opens or closes a quotation"),
    "dash": gettext_lazy("a dash by its place"),
    "accent": gettext_lazy("a letter by its place in the word"),
    "ligature": gettext_lazy("a ligature by its place"),
    "sign": gettext_lazy("a sign by its place"),
    "space": gettext_lazy("a no-break space had become a space"),
    "layer": gettext_lazy("misread a second time"),
    "chosen": gettext_lazy("chosen by a person"),
    "lost": gettext_lazy("cannot be known any more"),
}
# As people know them; the others go by their codec's name.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    **{f"cp125{number}": f"Windows-125{number}" for number in range(9)},
    **{f"iso8859_{number}": f"ISO-8859-{number}" for number in range(1, 17)},
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "cp949": "EUC-KR (cp949)",
    "koi8_r": "KOI8-R",
    "mac_roman": "Mac Roman",
    "cp850": "DOS 850",
}
