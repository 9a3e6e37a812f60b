"""A round before it is made: what it would come to, and the making of exactly that."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.assignment import allocating, round_rows
from annotations.assignment.batching import Settings, make_batch, require_plan
from annotations.assignment.models import Allocation, Batch
from annotations.assignment.retesting import (
    again,
    coded_before,
    is_retest,
    require_coded,
    themselves,
)
from annotations.assignment.seats import Exclusion, Hand
from annotations.codebook.models import Edition
from annotations.corpus.models import Document
from annotations.project.access import Action, require
from annotations.project.models import Coder, Membership, Project, Role, User
from annotations.project.refusals import Invalid, NotVisible, Stale

MOST_DOCUMENTS = 100_000
LONGEST_LANGUAGE = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Whom a manager wants in the round, and in what measure; see `allocating.Hand`."""

    coder: Coder
    most: int | None = None
    languages: tuple[str, ...] = ()
    excluded: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A round as it is asked for. Without `parts` everyone who codes in the project takes part."""

    name: str
    kind: str
    edition: Edition
    documents: tuple[Document, ...]
    slots: int
    seed: int
    settings: Settings = Settings()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a plan comes to. In a queue the seats are what would come of equal shares.

    `stories` are those with several documents in the round; `fingerprint` stands for all that the
    seats depend on.
    """

    plan: Plan
    coders: tuple[Coder, ...]
    items: tuple[allocating.Item, ...]
    allocation: allocating.Allocation
    stories: dict[int, list[int]]
    fingerprint: str


class PlanChanged(Stale):
    """What the preview showed is no longer what would be made: documents or people have changed."""

    code = "plan-changed"


def coders_of(project: Project) -> list[Coder]:
    """Everyone who codes in the project."""
    held = Membership.objects.filter(project=project, role=Role.ANNOTATOR, user__is_active=True)
    rows = Coder.objects.filter(project=project, user__in=held.values("user"))
    return list(rows.select_related("user").order_by("pk"))


def preview(project: Project, plan: Plan, *, by: User) -> Preview:
    """What would be made; nothing is written."""
    require(by, Action.PLAN, project)
    require_plan(
        project,
        name=plan.name,
        kind=plan.kind,
        edition=plan.edition,
        slots=plan.slots,
        settings=plan.settings,
    )
    parts = _parts(project, plan)
    hands = [_hand(part) for part in parts]
    items = round_rows.items_among(dict.fromkeys(plan.documents), slots=plan.slots)
    if is_retest(plan.kind):
        coded = coded_before([document.pk for document in plan.documents])
        require_coded(plan.documents, coded)
        items = again(items, coded)
        hands = [themselves(hand, coded) for hand in hands]
    return Preview(
        plan=plan,
        coders=tuple(part.coder for part in parts),
        items=tuple(items),
        allocation=allocating.allocate(
            items, hands, seed=plan.seed, same_story=plan.settings.same_story
        ),
        stories=round_rows.documents_by_story(items),
        fingerprint=_fingerprint(plan, items, hands),
    )


@transaction.atomic
def make_round(
    project: Project, plan: Plan, *, by: User, now: datetime, expected: str | None = None
) -> Batch:
    """The round with its people and, where it is planned, their seats. Not open yet.

    `expected` is the fingerprint of the preview that a person has seen.
    """
    shown = preview(project, plan, by=by)
    if expected is not None and expected != shown.fingerprint:
        raise PlanChanged(_("Documents or people have changed since the preview. Look again."))
    planned = plan.settings.allocation == Allocation.PLANNED
    batch = make_batch(
        project,
        name=plan.name,
        kind=plan.kind,
        edition=plan.edition,
        documents=plan.documents,
        slots=plan.slots,
        by=by,
        now=now,
        seed=plan.seed,
        settings=replace(plan.settings, open_to_all=not planned and not plan.parts),
    )
    if not batch.open_to_all:
        for part in _parts(project, plan):
            _take_in(part, batch)
    if planned:
        round_rows.write(batch, shown.allocation.seats, now=now)
    return batch


def _parts(project: Project, plan: Plan) -> tuple[Part, ...]:
    """Those who are named, or everyone; checked."""
    known = {coder.pk: coder for coder in coders_of(project)}
    parts = plan.parts or tuple(Part(coder) for coder in known.values())
    if not parts and plan.settings.allocation == Allocation.PLANNED:
        raise Invalid.field("hands", "required", _("Nobody codes in this project yet."))
    if len({part.coder.pk for part in parts}) < len(parts):
        raise Invalid.field("hands", "twice", _("Someone is named twice."))
    for part in parts:
        if part.coder.pk not in known:
            raise Invalid.field("hands", "not-annotator", _("They do not code in this project."))
        if part.most is not None and not 1 <= part.most <= MOST_DOCUMENTS:
            detail = _("The most that someone takes is 1 to %(most)s documents.")
            raise Invalid.field("hands", "most-range", detail % {"most": MOST_DOCUMENTS})
        if any(len(each) > LONGEST_LANGUAGE for each in part.languages):
            raise Invalid.field("hands", "language-length", _("There is no such language."))
        if any(document.project_id != project.pk for document in part.excluded):
            raise NotVisible
    return parts


def _hand(part: Part) -> allocating.Hand:
    excluded = frozenset(document.pk for document in part.excluded)
    return allocating.Hand(part.coder.pk, part.most, frozenset(part.languages), excluded)


def _take_in(part: Part, batch: Batch) -> None:
    hand = Hand.objects.create(
        project_id=batch.project_id,
        batch=batch,
        coder=part.coder,
        most=part.most,
        languages=sorted(set(part.languages)),
    )
    Exclusion.objects.bulk_create(
        Exclusion(hand=hand, document=document) for document in dict.fromkeys(part.excluded)
    )


def _fingerprint(
    plan: Plan, items: Iterable[allocating.Item], hands: Iterable[allocating.Hand]
) -> str:
    told = {
        "seed": plan.seed,
        "same_story": plan.settings.same_story,
        "allocation": plan.settings.allocation,
        "items": sorted((astuple(item) for item in items), key=lambda each: each[0]),
        "hands": sorted(
            (
                hand.coder,
                hand.most or 0,
                sorted(hand.languages),
                sorted(hand.excluded),
                None if hand.known is None else sorted(hand.known),
            )
            for hand in hands
        ),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
