"""Tags and filters of our own say what Django's say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.template import Context, Engine
from django.urls import NoReverseMatch
from django.utils import translation

DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})
OURS = Engine(
    libraries={"i18n": "workbench.rendering.i18n"},
    builtins=["workbench.rendering.addresses", "workbench.rendering.dates"],
)
ROW = UUID("01900000-0000-7000-8000-00000000000a")
OTHER = UUID("01900000-0000-7000-8000-00000000000b")
LATE = datetime(2026, 3, 2, 23, 5, 9, tzinfo=UTC)
TEMPLATES = [
    '{% translate "Documents" %}, {% trans "Coders" %}',
    "{% translate 'Documents' as name %}<{{ name }}>",
    '{% translate "Documents" noop %}',
    '{% translate "May" context "abbreviated month" %}',
    '{% translate "Documents"|upper %} {% translate said %}',
    '{% translate "100 %% & <more>" %}',
    '{% autoescape off %}{% translate "Coders" %}{% url "sign-in-link" odd %}{% endautoescape %}',
    '{% for each in rows %}{% url "document" each %} {% endfor %}{% url "home" %}',
    '{% url "document" uuid="01900000-0000-7000-8000-00000000000a" %}{% url "documents" "labs" %}',
    '{% url "document" rows.0 as address %}{{ address }} {% url "nowhere" as none %}{{ none }}',
    '{% url "sign-in-link" odd %} {% url name rows.1 %} {% url "release" "labs" "v1" %}',
    '{% url "manual-page" "release" %} {% url "admin:index" %} {% url "sign-in-link" 7 %}',
    *(
        f'{{% for day in days %}}{{{{ day|date:"{form}" }}}} {{% endfor %}}'
        for form in ("c", "j N Y")
    ),
    '{% for day in times %}{{ day|date:"j N Y, H:i" }} {{ day|date:"Y-m-d" }} {% endfor %}',
    '{% for day in times %}{{ day|date:"DATE_FORMAT" }} {{ day|date:"H:i:s" }} {% endfor %}',
    '{{ missing|date:"j N Y" }}{{ none|date:"c" }}{{ odd|date:"j N Y" }}',
]


def context() -> Context:
    times = [LATE, LATE + timedelta(hours=3), LATE.astimezone(timezone(timedelta(hours=9)))]
    values: dict[str, Any] = {
        "said": "Documents",
        "rows": [ROW, OTHER],
        "odd": "a&b <c>?",
        "name": "document",
        "days": [*times, date(2026, 8, 1)],
        "times": times,
        "none": None,
    }
    return Context(values)


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_page_reads_as_djangos_would_in_any_language(source: str) -> None:
    ours = OURS.from_string("{% load i18n %}" + source)
    djangos = DJANGOS.from_string("{% load i18n %}" + source)
    # More than once: what is kept of one language is not said in the other.
    for language in ("en", "fr", "en", "fr", None):
        with translation.override(language):
            assert ours.render(context()) == djangos.render(context())


def test_a_view_that_is_not_there_is_named() -> None:
    with pytest.raises(NoReverseMatch, match="nowhere"):
        OURS.from_string('{% url "nowhere" row %}').render(Context({"row": ROW}))


def test_a_row_that_a_view_does_not_take_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        OURS.from_string('{% url "document" row %}').render(Context({"row": "labs"}))
