"""The past of a row: events that the triggers wrote, transitions, revisions; one shape for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from pghistory.models import Events

from annotations.project.models import User

MOST_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Step:
    """`changes` is field to (before, after); `of` names the part, where it is not the row itself."""

    when: datetime
    what: str
    who: str = ""
    command: str = ""
    of: str = ""
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def trail_of(row: Model) -> list[Step]:
    """The last events of a row whose model the audit tracks."""
    if not hasattr(row, "pgh_event_model"):
        return []
    tracked = Events.objects.tracks(row)  # type: ignore[no-untyped-call]  # the package has no types
    events = list(tracked.order_by("-pgh_created_at", "-pgh_id")[:MOST_EVENTS])
    users = _users(event.pgh_context for event in events)
    return [
        Step(
            event.pgh_created_at,
            event.pgh_label,
            _who(event.pgh_context, users),
            (event.pgh_context or {}).get("command", ""),
            changes={name: tuple(pair) for name, pair in (event.pgh_diff or {}).items()},
        )
        for event in events
    ]


def parts_trail(events: QuerySet[Any], *, names: Iterable[str]) -> list[Step]:
    """Events of a row's parts, each with what it said in the fields `names`."""
    rows = list(
        events.select_related("pgh_context").order_by("-pgh_created_at", "-pgh_id")[:MOST_EVENTS]
    )
    contexts = [row.pgh_context.metadata if row.pgh_context else {} for row in rows]
    users = _users(contexts)
    return [
        Step(
            row.pgh_created_at,
            row.pgh_label,
            _who(context, users),
            context.get("command", ""),
            of=" · ".join(str(getattr(row, name)) for name in names),
        )
        for row, context in zip(rows, contexts, strict=True)
    ]


def _users(contexts: Iterable[Mapping[str, Any] | None]) -> dict[int, User]:
    return User.objects.in_bulk({each["user"] for each in contexts if each and each.get("user")})


def _who(context: Mapping[str, Any] | None, users: Mapping[int, User]) -> str:
    """An erased account stays nameless."""
    user = users.get((context or {}).get("user") or 0)
    return str(user) if user else ""
