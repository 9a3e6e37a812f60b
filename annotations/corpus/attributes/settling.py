"""What a file brought of attributes, as its document keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Max

from annotations.corpus.attributes.checking import Kind
from annotations.corpus.models import Attribute
from annotations.corpus.readers.columns import key_of
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from annotations.text.phrases import wording

MOST = 100
LONGEST_NAME = 120
TOO_MANY_ATTRIBUTES = wording("More than %(most)s attributes.")


class Settled(NamedTuple):
    """Values as documents keep them, `[{"key", "value"}]`, and what is to be said of the others."""

    values: list[dict[str, str]]
    warnings: list[str]


def settled(brought: Iterable[Mapping[str, str]], *, of: Project) -> list[Settled]:
    """For each document; a key that is new becomes an attribute of text.

    A value that does not fit costs no file: it is left out, and the warning says what it was.
    """
    given = list(brought)
    by_key = [{key_of(name) or "-": value for name, value in each.items()} for each in given]
    names = {key_of(name) or "-": name for each in given for name in each}
    known = {each.key: each for each in Attribute.objects.filter(project=of)} if names else {}
    if missing := {key: name for key, name in names.items() if key not in known}:
        known |= _made(missing, of=of, first=len(known))
    kinds = {key: Kind(each.name, each.kind, each.choices) for key, each in known.items()}
    return [_settled(each, kinds) for each in by_key]


def _settled(said: Mapping[str, str], kinds: Mapping[str, Kind]) -> Settled:
    found = Settled([], [])
    for key, value in said.items():
        if not value.strip():
            continue
        fits = kinds[key].settled(value)
        if fits is None:
            found.warnings.append(kinds[key].warning(value))
        else:
            found.values.append({"key": key, "value": fits})
    return found


def _made(missing: Mapping[str, str], *, of: Project, first: int) -> dict[str, Attribute]:
    if first + len(missing) > MOST:
        detail = TOO_MANY_ATTRIBUTES % {"most": MOST}
        raise Invalid.field("attributes", "attributes-too-many", detail)
    last = Attribute.objects.filter(project=of).aggregate(last=Max("position"))["last"] or 0
    Attribute.objects.bulk_create(
        (
            Attribute(project=of, key=key, name=name[:LONGEST_NAME], position=last + number)
            for number, (key, name) in enumerate(sorted(missing.items()), start=1)
        ),
        ignore_conflicts=True,
    )
    return {each.key: each for each in Attribute.objects.filter(project=of, key__in=missing)}
