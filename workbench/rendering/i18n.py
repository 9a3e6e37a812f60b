"""The library `i18n`: Django's, in which a sentence of the template is translated once a language."""

from __future__ import annotations

from typing import Any

from django.template import Context, Library
from django.template.base import FilterExpression, Parser, Token, Variable
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> TranslateNode:
    """`{% translate "…" %}`, as Django reads it."""
    node: TranslateNode = i18n.do_translate(parser, token)
    given = node.filter_expression, node.message_context
    if all(each is None or _is_constant(each) for each in given):
        return _Constant(*given[:1], node.noop, node.asvar, node.message_context)
    return node


class _Constant(TranslateNode):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        if not context.autoescape:
            return super().render(context)
        language = get_language()
        said = self._said.get(language)
        if said is None:
            rendered = super().render(context)
            said = self._said[language] = context[self.asvar] if self.asvar else rendered
        if not self.asvar:
            return said
        context[self.asvar] = said
        return ""


def _is_constant(expression: FilterExpression) -> bool:
    """A text in quotes and no filter, which might ask what page it is on."""
    of = expression.var
    return not expression.filters and not (isinstance(of, Variable) and of.lookups is not None)
