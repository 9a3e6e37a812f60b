"""A person says what a document's attributes are."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.corpus.attributes.checking import LEFT_OUT, Kind
from annotations.corpus.models import Attribute, Document
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import Invalid
from annotations.text.phrases import joined, recognised


@transaction.atomic
def give_values(document: Document, said: Mapping[str, str], *, by: User) -> Document:
    """By key; an empty value takes it away, what is not said stays. All or none.

    A warning that a value was left out is settled by giving one. Raises `Invalid` with an error for
    each value that does not fit.
    """
    require(by, Action.IMPORT, document.project)
    row = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
    known = {each.key: each for each in Attribute.objects.filter(project=document.project)}
    if unknown := set(said) - set(known):
        detail = _("There is no attribute “%(key)s”.") % {"key": min(unknown)}
        raise Invalid.field("attributes", "attribute-unknown", detail)
    given = {key: value for key, value in said.items() if value.strip()}
    settled = _settled(given, known)
    kept = {each["key"]: each["value"] for each in row.attributes if each["key"] not in said}
    values = kept | settled
    order = [*known, *(key for key in values if key not in known)]
    row.attributes = [{"key": key, "value": values[key]} for key in order if key in values]
    names = {known[key].name for key in settled}
    row.warnings = [each for each in row.warnings if _attribute_of(each) not in names]
    row.save(update_fields=["attributes", "warnings"])
    return row


def _settled(given: Mapping[str, str], known: Mapping[str, Attribute]) -> dict[str, str]:
    found: dict[str, str] = {}
    refusals: list[Invalid] = []
    for key, value in given.items():
        kind = Kind(known[key].name, known[key].kind, known[key].choices)
        fits = kind.settled(value)
        if fits is None:
            refusals.append(kind.refusal(value, field=f"attributes.{key}"))
        else:
            found[key] = fits
    if refusals:
        errors = [error for each in refusals for error in each.extra["errors"]]
        raise Invalid(joined(each.message for each in refusals), errors=errors)
    return found


def _attribute_of(warning: str) -> str:
    said = recognised(warning, [LEFT_OUT])
    return str(said.filling["name"]) if said else ""
