"""What was worded in English, in the language of the reader."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.formats import number_format
from django.utils.translation import gettext

from annotations.project.refusals import Refusal
from annotations.text.phrases import Phrase, recognised

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


def said(text: str) -> str:
    """A phrase in the language in force; any other text as it is."""
    if not isinstance(text, Phrase):
        return text
    words = gettext(text.wording)
    filling = {
        place: said(value) if isinstance(value, str) else value
        for place, value in text.filling.items()
    }
    return words % filling if filling else words


def spoken(refusal: Refusal) -> Refusal:
    """The refusal, worded in the language in force throughout."""
    refusal.message = said(refusal.message)
    if "errors" in refusal.extra:
        errors = refusal.extra["errors"]
        refusal.extra["errors"] = [{**each, "detail": said(each["detail"])} for each in errors]
    return refusal


def said_again(text: str, wordings: Collection[str]) -> str:
    """A text that was stored in English, in the language in force.

    Texts without places are found as they are, those with places by their `wordings`. A text that
    nobody worded here stays as it is.
    """
    if not text:
        return text
    found = recognised(text, wordings)
    if found is None:
        return _number(text) if _GROUPED.fullmatch(text) else gettext(text)
    filling = {place: said_again(str(value), wordings) for place, value in found.filling.items()}
    return gettext(found.wording) % filling


def _number(text: str) -> str:
    return number_format(int(text.replace(",", "")), force_grouping=True)
