"""When a draft was last written, and by whom, as the audit trail has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.project.models import User

TRAILS = ((Edition, "pgh_obj_id"), (Theme, "edition_id"), (StanceValue, "edition_id"))


@dataclass(frozen=True, slots=True)
class LastChange:
    at: datetime
    who: User | None


def last_change(draft: Edition) -> LastChange | None:
    """The newest event of the edition, its themes or its stances."""
    events: list[Any] = []
    for model, column in TRAILS:
        trail: Any = getattr(model, "pgh_event_model")  # noqa: B009 - the audit adds it, unknown to types
        rows = trail.objects.filter(**{column: draft.pk}).select_related("pgh_context")
        events += rows.order_by("-pgh_created_at", "-pgh_id")[:1]
    if not events:
        return None
    newest = max(events, key=lambda event: event.pgh_created_at)
    context = newest.pgh_context.metadata if newest.pgh_context else {}
    who = User.objects.filter(pk=context["user"]).first() if context.get("user") else None
    return LastChange(newest.pgh_created_at, who)
