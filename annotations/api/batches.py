"""Rounds of work over REST."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.api.batch_plans import plan_of, preview_json, truth_of
from annotations.api.coding import asked_of, person
from annotations.api.paging import ByKey
from annotations.assignment.batching import open_batch
from annotations.assignment.models import Batch
from annotations.assignment.planning import make_round, preview
from annotations.assignment.progress import BatchProgress, of_batches
from annotations.assignment.seats import Hand
from annotations.project.access import Action, project_for
from annotations.project.models import Project
from annotations.project.refusals import Invalid
from workbench.replicas import reads_elsewhere


class Batches(APIView):
    """GET: rounds with their progress. POST: a new one, opened at once if `open` is true.

    `{"name", "kind", "documents": [uuid], "slots": 2, "edition": number | null, "seed", "open",
    "allocation": "queue" | "planned", "hands": [{"coder": pseudonym, "most", "languages",
    "excluded": [document uuid]}], "checked_share": 0.05, "same_story": false, "preview": false,
    "fingerprint": of a preview}`; without `edition` the newest is taken, without `seed` one is
    drawn, without `hands` everyone who codes takes part. With `preview` nothing is written and the
    answer is 200: seats, loads, pairs, stories kept apart, what could not be seated and why. A
    `fingerprint` that fits no more is 412.
    """

    scopes = {"GET": {"read"}, "POST": {"manage"}}

    @reads_elsewhere
    def get(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.PLAN)
        pages = ByKey()
        rows = Batch.objects.filter(project=project)
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(listed(project, page))

    def post(self, request: Request, slug: str) -> Response:
        project = project_for(person(request), slug, Action.PLAN)
        asked = asked_of(request.data)
        user, now = person(request), timezone.now()
        plan = plan_of(project, asked)
        if truth_of(asked, "preview"):
            return Response(preview_json(preview(project, plan, by=user)))
        expected = asked.get("fingerprint")
        if expected is not None and not isinstance(expected, str):
            detail = _("%(field)s must be a text.") % {"field": "fingerprint"}
            raise Invalid.field("fingerprint", "string", detail)
        batch = make_round(project, plan, by=user, now=now, expected=expected)
        if asked.get("open") is True:
            open_batch(batch, by=user, now=now)
        return Response(listed(project, [batch])[0], status=201)


def listed(project: Project, among: Sequence[Batch]) -> list[dict[str, Any]]:
    rounds = of_batches(project, among)
    prefetch_related_objects(
        [each.batch for each in rounds],
        "hands__coder",
        "hands__replaced_by__coder",
        "hands__exclusions__document",
    )
    return [batch_json(each) for each in rounds]


def batch_json(progress: BatchProgress) -> dict[str, Any]:
    batch = progress.batch
    return {
        "id": str(batch.uuid),
        "name": batch.name,
        "kind": batch.kind,
        "edition": batch.edition.number,
        "slots": batch.slots,
        "seed": batch.seed,
        "allocation": batch.allocation,
        "open_to_all": batch.open_to_all,
        "hands": [hand_json(hand) for hand in batch.hands.all()],
        "checked_share": batch.checked_share,
        "same_story": batch.same_story,
        "opened_at": batch.opened_at,
        "closed_at": batch.closed_at,
        "reaches_gold": batch.reaches_gold,
        "zones_taken_as_proposed": batch.zones_taken_as_proposed,
        "documents": progress.documents,
        "assignments": {
            "wanted": progress.wanted,
            "submitted": progress.submitted,
            "open": progress.open,
        },
    }


def hand_json(hand: Hand) -> dict[str, Any]:
    by = hand.replaced_by
    return {
        "coder": hand.coder.pseudonym,
        "most": hand.most,
        "languages": hand.languages,
        "excluded": [str(each.document.uuid) for each in hand.exclusions.all()],
        "left_at": hand.left_at,
        "left_reason": hand.left_reason,
        "replaced_by": by.coder.pseudonym if by else None,
    }
