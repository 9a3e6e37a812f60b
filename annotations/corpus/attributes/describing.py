"""A manager says what an attribute is called and which values it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from annotations.corpus.attributes.checking import Kind
from annotations.corpus.attributes.counting import counted
from annotations.corpus.attributes.settling import LONGEST_NAME, MOST, TOO_MANY_ATTRIBUTES
from annotations.corpus.models import Attribute, AttributeKind, Document
from annotations.corpus.readers.columns import key_of
from annotations.project.access import Action, require
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotNow
from annotations.text.phrases import phrase, wording

MOST_CHOICES = 500
LONGEST_CHOICE = 200
_NAMED = 5
_AT_ONCE = 500
DO_NOT_FIT = wording("These values do not fit: %(values)s.")


@transaction.atomic
def add(project: Project, *, name: str, kind: str, choices: Sequence[str], by: User) -> Attribute:
    """A new attribute, behind the others. Raises `Invalid`."""
    require(by, Action.MANAGE, project)
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    there = Attribute.objects.filter(project=project)
    described = _described(name, kind, choices)
    key = key_of(described.name)
    if not key:
        raise Invalid.field("name", "name", _("A name needs at least one letter or digit."))
    if there.filter(key=key).exists():
        raise Invalid.field("name", "name-taken", _("There is an attribute of this name."))
    if there.count() >= MOST:
        raise Invalid.field("name", "attributes-too-many", phrase(TOO_MANY_ATTRIBUTES, most=MOST))
    last = there.aggregate(last=Max("position"))["last"] or 0
    return Attribute.objects.create(
        project=project,
        key=key,
        name=described.name,
        kind=described.kind,
        choices=list(described.choices),
        position=last + 1,
    )


@transaction.atomic
def describe(
    attribute: Attribute,
    *,
    name: str,
    kind: str,
    choices: Sequence[str],
    by: User,
    leave_out: bool = False,
) -> int:
    """Changes what it takes; the values that are there are written as the new kind writes them.

    Values that do not fit are refused with `extra["unfit"]`, [(value, documents)]; with `leave_out`
    they leave, and each document has a warning that says what it was. Gives how many left.
    """
    require(by, Action.MANAGE, attribute.project)
    # Documents that come in meanwhile wait, or have come.
    row = Attribute.objects.select_for_update().get(pk=attribute.pk)
    described = _described(name, kind, choices)
    values = counted(attribute.project, key=row.key)[row.key].values
    become = {value: described.settled(value) for value, _times in values}
    unfit = [(value, times) for value, times in values if become[value] is None]
    if unfit and not leave_out:
        raise _unfit(unfit)
    row.name, row.kind, row.choices = described.name, described.kind, list(described.choices)
    row.save(update_fields=["name", "kind", "choices"])
    _rewrite(row, described, {value: new for value, new in become.items() if value != new})
    return sum(times for _value, times in unfit)


def _unfit(values: list[tuple[str, int]]) -> Invalid:
    named = ", ".join(f"“{value[:60]}”" for value, _times in values[:_NAMED])
    more = ", …" if len(values) > _NAMED else ""
    refusal = Invalid.field("kind", "values-unfit", phrase(DO_NOT_FIT, values=named + more))
    refusal.extra["unfit"] = values
    return refusal


def remove(attribute: Attribute, *, by: User) -> None:
    """Raises `NotNow` while a document has a value of it."""
    require(by, Action.MANAGE, attribute.project)
    if Document.objects.filter(
        project=attribute.project, attributes__contains=[{"key": attribute.key}]
    ).exists():
        raise NotNow(_("Documents have values of it, so it stays."), reason="in-use")
    attribute.delete()


def _described(name: str, kind: str, choices: Sequence[str]) -> Kind:
    said = " ".join(name.split())
    if not 1 <= len(said) <= LONGEST_NAME:
        detail = _("A name has 1 to %(longest)s characters.") % {"longest": LONGEST_NAME}
        raise Invalid.field("name", "name", detail)
    if kind not in AttributeKind.values:
        raise Invalid.field("kind", "kind-unknown", _("There is no such kind of attribute."))
    listed = list(_listed(choices)) if kind == AttributeKind.CHOICE else []
    if kind == AttributeKind.CHOICE and not 1 <= len(listed) <= MOST_CHOICES:
        detail = _("A list has 1 to %(most)s values, one a line.") % {"most": MOST_CHOICES}
        raise Invalid.field("choices", "choices", detail)
    return Kind(said, kind, listed)


def _listed(choices: Sequence[str]) -> Iterator[str]:
    """Each once, whatever its case."""
    seen: set[str] = set()
    for each in (" ".join(choice.split())[:LONGEST_CHOICE] for choice in choices):
        if each and each.casefold() not in seen:
            seen.add(each.casefold())
            yield each


def _rewrite(attribute: Attribute, kind: Kind, become: Mapping[str, str | None]) -> None:
    """Of all versions, a few hundred at a time."""
    if not become:
        return
    rows = Document.objects.filter(
        project=attribute.project, attributes__contains=[{"key": attribute.key}]
    ).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        some = list(
            Document.objects.select_for_update(no_key=True)
            .only("pk", "attributes", "warnings")
            .filter(pk__in=keys[start : start + _AT_ONCE])
            .order_by("pk")
        )
        for document in some:
            _rewrite_one(document, attribute.key, kind, become)
        Document.objects.bulk_update(some, ["attributes", "warnings"])


def _rewrite_one(
    document: Document, key: str, kind: Kind, become: Mapping[str, str | None]
) -> None:
    left = []
    for each in document.attributes:
        value = str(each["value"])
        new = become.get(value, value) if each["key"] == key else each["value"]
        if new is None:
            document.warnings = [*document.warnings, str(kind.warning(value))]
        else:
            left.append({"key": each["key"], "value": new})
    document.attributes = left
