"""`{% url %}`: Django's, which looks for the pattern of a view once and not in every row of a list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.template import Context, Library
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import escape

register = Library()
PLACE = UUID("5d1c2d9e-3f0b-4c55-9d6b-0e6a1f0c9b77")
"""Where the UUID of a row will stand; of no thing there is."""


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """`{% url "name" … %}`, as Django reads it."""
    node: URLNode = djangos(parser, token)
    if node.kwargs or node.asvar:
        return node
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


class _Address(URLNode):
    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        words = [each.resolve(context) for each in self.args]
        uuids = [each for each in words if type(each) is UUID]
        known = all(type(each) is UUID or isinstance(each, str) for each in words)
        # A namespace depends on the page that names it.
        if len(uuids) > 1 or not known or ":" in str(name) or not context.autoescape:
            return super().render(context)
        return address(str(name), words, uuids)


def address(name: str, words: Sequence[str | UUID], uuids: Sequence[UUID]) -> str:
    """Of a view, escaped; `uuids` are those among its words, one at most."""
    where = get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()
    if not uuids:
        return _around(name, tuple(words), where)[0]
    before, after = _around(name, tuple(PLACE if each in uuids else each for each in words), where)
    return f"{before}{uuids[0]}{after}"


@lru_cache(maxsize=4096)
def _around(name: str, words: tuple[str | UUID, ...], where: tuple[str, str]) -> list[str]:
    """What stands before and after the UUID; of an address without one, all of it."""
    return escape(reverse(name, args=words, urlconf=where[0])).split(str(PLACE))
