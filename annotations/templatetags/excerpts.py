"""Texts in few lines."""

from __future__ import annotations

import re

from django import template

register = template.Library()

BREAKS = re.compile(r"[^\S\n]*\n\s*")


@register.filter
def close_set(text: str) -> str:
    """Paragraphs follow one another on new lines, without empty ones between them.

    >>> close_set("By Yvo\\n\\n  When it opened \\n")
    'By Yvo\\nWhen it opened\\n'
    """
    return BREAKS.sub("\n", text)
