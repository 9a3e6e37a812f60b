"""A round as it is asked for over REST, and its preview."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.api.paging import uuid_of
from annotations.api.projects import string_of
from annotations.assignment.allocating import Unseated
from annotations.assignment.batching import Settings
from annotations.assignment.models import Allocation
from annotations.assignment.planning import Part, Plan, Preview, coders_of
from annotations.codebook.models import Edition
from annotations.corpus.models import Document, Story
from annotations.project.models import Coder, Project
from annotations.project.refusals import Invalid


def plan_of(project: Project, asked: dict[str, Any]) -> Plan:
    """The plan; what is not said is a queue for everyone, two people a document, 5 % checked."""
    return Plan(
        name=string_of(asked, "name"),
        kind=string_of(asked, "kind"),
        edition=edition_of(project, asked.get("edition")),
        documents=tuple(documents_of(project, asked.get("documents"), field="documents")),
        slots=whole_of(asked.get("slots", 2), field="slots"),
        seed=whole_of(asked.get("seed", secrets.randbits(31)), field="seed"),
        settings=Settings(
            checked_share=share_of(asked.get("checked_share", 0.05)),
            same_story=truth_of(asked, "same_story"),
            allocation=str(asked.get("allocation", Allocation.QUEUE)),
        ),
        parts=hands_of(project, asked.get("hands", [])),
    )


def hands_of(project: Project, given: object) -> tuple[Part, ...]:
    """Of `[{"coder": pseudonym, "most": number | null, "languages": [code], "excluded": [uuid]}]`."""
    known = {coder.pseudonym: coder for coder in coders_of(project)}
    return tuple(
        _part(project, each, known) for each in list_of(given, field="hands", what=_("hands"))
    )


def _part(project: Project, given: object, known: Mapping[str, Coder]) -> Part:
    name = given.get("coder") if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(name, str) or name not in known:
        detail = _("Each hand names the pseudonym of someone who codes here as its “coder”.")
        raise Invalid.field("hands", "coder-unknown", detail)
    languages = list_of(given.get("languages", []), field="hands", what=_("languages"))
    if not all(isinstance(each, str) for each in languages):
        raise Invalid.field("hands", "languages", _("Languages are codes such as “en”."))
    most = given.get("most")
    return Part(
        known[name],
        most=None if most is None else whole_of(most, field="hands"),
        languages=tuple(languages),
        excluded=tuple(documents_of(project, given.get("excluded", []), field="hands")),
    )


def preview_json(shown: Preview) -> dict[str, Any]:
    """Nothing of it is written; `fingerprint` sent along has exactly this made, or is refused."""
    made, plan = shown.allocation, shown.plan
    uuids = {document.pk: str(document.uuid) for document in plan.documents}
    names = {coder.pk: coder.pseudonym for coder in shown.coders}
    titles = dict(Story.objects.filter(pk__in=shown.stories).values_list("pk", "title"))
    return {
        "fingerprint": shown.fingerprint,
        "seed": plan.seed,
        "allocation": plan.settings.allocation,
        "documents": len(shown.items),
        "seats": [
            {"document": uuids[seat.document], "slot": seat.slot, "coder": names[seat.coder]}
            for seat in made.seats
        ],
        "loads": [
            {
                "coder": names[load.coder],
                "documents": load.documents,
                "passages": load.passages,
            }
            for load in made.loads
        ],
        "pairs": [
            {"coders": [names[one], names[other]], "documents": shared}
            for (one, other), shared in made.pairs.items()
        ],
        "stories": [
            {"title": titles[story], "documents": [uuids[each] for each in documents]}
            for story, documents in shown.stories.items()
        ],
        "unseated": [unseated_json(gap, uuids[gap.document]) for gap in made.unseated],
    }


def unseated_json(gap: Unseated, document: str) -> dict[str, Any]:
    """`reasons` say how many people what keeps away; none of them: there are too few people."""
    reasons = [{"reason": why.name.lower(), "people": count} for why, count in gap.reasons]
    return {"document": document, "slots": gap.slots, "reasons": reasons}


def edition_of(project: Project, number: object) -> Edition:
    editions = Edition.objects.filter(project=project).order_by("-number")
    if number is not None:
        editions = editions.filter(number=whole_of(number, field="edition"))
    edition = editions.first()
    if edition is None:
        raise Invalid.field("edition", "edition-unknown", _("There is no such codebook edition."))
    return edition


def documents_of(project: Project, given: object, *, field: str) -> list[Document]:
    """In the order given; one that is not the project's is named."""
    if not isinstance(given, list):
        detail = _("%(field)s is a list of document ids.") % {"field": field}
        raise Invalid.field(field, "list", detail)
    wanted = [uuid_of(each, field=field) for each in given]
    rows = Document.objects.listed().filter(project=project, uuid__in=wanted).defer("text")
    found: dict[UUID, Document] = {row.uuid: row for row in rows}
    for uuid in wanted:
        if uuid not in found:
            detail = _("There is no document %(id)s.") % {"id": uuid}
            raise Invalid.field(field, "document-unknown", detail)
    return [found[uuid] for uuid in wanted]


def list_of(given: object, *, field: str, what: str) -> list[Any]:
    if not isinstance(given, list):
        raise Invalid.field(field, "list", _("%(what)s must be a list.") % {"what": what})
    return given


def whole_of(value: object, *, field: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        detail = _("%(field)s must be a whole number.") % {"field": field}
        raise Invalid.field(field, "whole-number", detail)
    return value


def share_of(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        detail = _("%(field)s must be a number from 0 to 1.") % {"field": "checked_share"}
        raise Invalid.field("checked_share", "number", detail)
    return float(value)


def truth_of(asked: Mapping[str, Any], field: str) -> bool:
    value = asked.get(field, False)
    if not isinstance(value, bool):
        raise Invalid.field(field, "boolean", _("%(field)s is true or false.") % {"field": field})
    return value
