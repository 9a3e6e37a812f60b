"""The filter `date`: Django's, which words a day once for all rows of a list that are of it."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from django.template import Library
from django.template.defaultfilters import date as djangos
from django.utils.formats import date_format
from django.utils.translation import get_language

register = Library()
TIME = ", H:i"
OF_A_DAY = frozenset("jNY-md ")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """As Django's, in the forms that our pages use."""
    if type(value) is datetime.datetime and form:
        if form == "c":
            return value.isoformat()
        day = form.removesuffix(TIME)
        if OF_A_DAY.issuperset(day):
            said = _day(value.date(), day, get_language())
            return said if day == form else f"{said}, {value.hour:02}:{value.minute:02}"
    return str(djangos(value, form))


@lru_cache(maxsize=4096)
def _day(day: datetime.date, form: str, language: str | None) -> str:
    return str(date_format(day, form))
