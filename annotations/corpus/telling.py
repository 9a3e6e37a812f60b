"""What happened to a file before it was read, in the words of those who code it.

Managers read more exactly what was done (`desk/provenance.py`): names of encodings and code points
say nothing to somebody who wants to know whether a sentence may be trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.corpus.readers import cautions
from annotations.corpus.speaking import warning_in_words
from annotations.corpus.texts.keeping import STEP as KEPT
from annotations.corpus.texts.mojibake.repairing import STEP
from annotations.corpus.texts.repairs import tally
from annotations.text.phrases import recognised

ODD = {
    cautions.GUESSED: gettext_noop(
        "How the file writes its letters was guessed; some may be wrong."
    ),
    cautions.MALFORMED: gettext_noop("%(count)s × places cannot be read; each shows as �."),
    cautions.KEPT: gettext_noop("%(count)s × invisible characters stand in the text."),
    cautions.DAMAGED: gettext_noop(
        "Letters look garbled in %(count)s places, which were left as they are."
    ),
}
# What these say is told as a repair.
REPAIRED = {cautions.CONTROLS, cautions.SURROGATES, cautions.REPAIRED, cautions.REPLACED}


def repairs_told(repairs: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was changed in the text, in order; empty where nothing was."""
    return [said for step in repairs for said in TOLD.get(step["step"], _otherwise)(step)]


def warnings_told(warnings: Sequence[str]) -> list[str]:
    """What looks odd in the text as it is now."""
    return [said for warning in warnings if (said := _odd(warning))]


def _odd(warning: str) -> str:
    known = recognised(warning, cautions.WORDINGS)
    if known is not None and known.wording in REPAIRED:
        return ""
    if known is None or known.wording not in ODD:
        return warning_in_words(warning)
    return _(ODD[known.wording]) % known.filling


def _nothing(step: Mapping[str, Any]) -> Iterator[str]:
    yield from ()


def _lines(step: Mapping[str, Any]) -> Iterator[str]:
    yield _("%(count)s × ends of lines are now written alike.") % {
        "count": step["crlf"] + step["cr"]
    }


def _halves(step: Mapping[str, Any]) -> Iterator[str]:
    if step["joined"]:
        yield _("%(count)s × characters in two halves were put together.") % {
            "count": step["joined"]
        }
    if step["removed"]:
        yield _("%(count)s × halves of a character were removed.") % {"count": step["removed"]}


def _controls(step: Mapping[str, Any]) -> Iterator[str]:
    count = sum(step["removed"].values())
    yield _("%(count)s × invisible signs that mean nothing in a text were removed.") % {
        "count": count
    }


def _garbled(step: Mapping[str, Any]) -> Iterator[str]:
    found = tally(step)
    if not found.chain:
        yield _("%(count)s × places were put right by hand.") % {"count": found.repaired}
        return
    yield _("%(count)s × places with garbled letters were put right.") % {"count": found.repaired}
    if found.from_context:
        yield _("%(count)s × of these follow from the words around them, and may be wrong.") % {
            "count": found.from_context
        }
    if found.lost:
        yield _("%(count)s × letters were lost before the file came here.") % {"count": found.lost}


def _part(step: Mapping[str, Any]) -> Iterator[str]:
    yield _("The text is one field of a larger file.")


def _kept(step: Mapping[str, Any]) -> Iterator[str]:
    if step["format"] == "html":
        yield _("The text is the main part of a web page, without its navigation and its code.")
    else:
        yield _("Marks of emphasis, headings and links were taken out of the text.")


def _otherwise(step: Mapping[str, Any]) -> Iterator[str]:
    yield _("The text was changed in a way that this page has no words for.")


TOLD = {
    "decode": _nothing,
    "newlines": _lines,
    "surrogates": _halves,
    "controls": _controls,
    "cell": _part,
    KEPT: _kept,
    STEP: _garbled,
}
