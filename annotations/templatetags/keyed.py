"""Values of a mapping by a key that is not known to the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def keyed(values: Mapping[str, Any], key: str) -> Any:
    """None where there is none.

    >>> keyed({"pay": 1}, "pay"), keyed({}, "pay")
    (1, None)
    """
    return values.get(key)
