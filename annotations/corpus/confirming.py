"""Zones are proposed by rules and settled by a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.corpus.models import Document, Passage, Zone
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import Invalid
from annotations.text.phrases import recognised, wording

BY_HAND = wording("by hand, was %(zone)s: %(reason)s")
BY_HAND_FROM = wording("by hand, was %(zone)s")


@transaction.atomic
def confirm_zones(document: Document, zones: Mapping[int, str], *, by: User, now: datetime) -> int:
    """Settles the zones, by index of the passage; gives how many were changed by it.

    A changed one keeps what had been proposed in its reason.
    """
    require(by, Action.PLAN, document.project)
    passages = list(
        Passage.objects.select_for_update(no_key=True)
        .filter(document=document, index__in=zones)
        .order_by("index")
    )
    if len(passages) != len(zones) or not set(zones.values()) <= set(Zone.values):
        raise Invalid.field("zones", "zone-unknown", _("There is no such passage or no such zone."))
    changed = 0
    for passage in passages:
        wanted = zones[passage.index]
        if wanted != passage.zone:
            passage.zone_reason = _reason(passage)
            passage.zone = wanted
            changed += 1
        passage.zone_confirmed_at = now
    Passage.objects.bulk_update(passages, ["zone", "zone_reason", "zone_confirmed_at"])
    return changed


@transaction.atomic
def take_back_zones(document: Document, indexes: Collection[int], *, by: User) -> int:
    """Makes them proposals again, as the rules had them; gives how many were settled."""
    require(by, Action.PLAN, document.project)
    passages = list(
        Passage.objects.select_for_update(no_key=True)
        .filter(document=document, index__in=indexes)
        .exclude(zone_confirmed_at=None)
        .order_by("index")
    )
    for passage in passages:
        if said := recognised(passage.zone_reason, (BY_HAND, BY_HAND_FROM)):
            passage.zone = str(said.filling["zone"])
            passage.zone_reason = str(said.filling.get("reason", ""))
        passage.zone_confirmed_at = None
    Passage.objects.bulk_update(passages, ["zone", "zone_reason", "zone_confirmed_at"])
    return len(passages)


def _reason(passage: Passage) -> str:
    """The first change by hand remembers the rule; later ones leave that as it is.

    >>> _reason(Passage(zone="link", zone_reason="an address alone"))
    'by hand, was link: an address alone'
    """
    if passage.zone_reason.startswith("by hand"):
        return passage.zone_reason
    said = BY_HAND if passage.zone_reason else BY_HAND_FROM
    return (said % {"zone": passage.zone, "reason": passage.zone_reason})[:200]
