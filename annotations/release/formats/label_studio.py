"""Label Studio: tasks with annotations, and the labelling interface. Pure.

A theme is a region of `Labels`; its stance and holder are `Choices` and `TextArea` of that region,
by the same region id. The rest goes with the region as `meta`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from annotations.release.schema import DocumentRow, SpanRow

from .contract import HOLDERS, Codebook, Documents, Member
from .encoding import array, compact
from .span_rows import in_order

IN_META = ("id", "origin", "votes_for", "votes_total", "adjudicator", "reason", "clause")


def write(documents: Documents, codebook: Codebook) -> Iterator[Member]:
    """`interface.xml`, then `tasks.json` with a task a document."""
    yield Member("interface.xml", [_interface(codebook).encode()])
    yield Member("tasks.json", array(map(_task, codebook.checked(documents))))


def _task(document: DocumentRow) -> dict[str, Any]:
    result = [part for span in in_order(document) for part in _region(span)]
    data = {"text": document.text, "document": document.id, "title": document.title}
    return {"data": data, "annotations": [{"result": result, "ground_truth": True}]}


def _region(span: SpanRow) -> Iterator[dict[str, Any]]:
    place = {"start": span.start, "end": span.end, "text": span.quote}
    meta = {"text": [compact({name: getattr(span, name) for name in IN_META})]}
    region = {"id": span.id, "to_name": "text", "origin": "manual"}
    yield region | {
        "from_name": "theme",
        "type": "labels",
        "value": place | {"labels": [span.label]},
        "meta": meta,
    }
    for name, said in (("stance", span.stance), ("holder", span.holder_kind)):
        if said is not None:
            value = place | {"choices": [said]}
            yield region | {"from_name": name, "type": "choices", "value": value}
    if span.holder_name is not None:
        value = place | {"text": [span.holder_name]}
        yield region | {"from_name": "holder_name", "type": "textarea", "value": value}


def _interface(codebook: Codebook) -> str:
    themes = "".join(
        f"    <Label value={quoteattr(theme.key)}"
        f" background={quoteattr(theme.colour)} hint={quoteattr(theme.name)}/>\n"
        for theme in codebook.themes
    )
    return (
        '<View>\n  <Labels name="theme" toName="text">\n'
        f"{themes}  </Labels>\n"
        '  <Text name="text" value="$text"/>\n'
        f"{_choices('stance', [stance.key for stance in codebook.stances])}"
        f"{_choices('holder', list(HOLDERS))}"
        '  <TextArea name="holder_name" toName="text" perRegion="true"/>\n</View>\n'
    )


def _choices(name: str, values: list[str]) -> str:
    choices = "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in values)
    return (
        f'  <Choices name="{name}" toName="text" perRegion="true" choice="single">\n'
        f"{choices}  </Choices>\n"
    )
