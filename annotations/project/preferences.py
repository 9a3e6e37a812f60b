"""How a person likes to work, kept with the account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from annotations.project.access import require_all_of
from annotations.project.keymap import Preferences, checked, defaults
from annotations.project.models import Preference, User


def preferences_of(user: User) -> Preferences:
    """What was set, the rest as it is by default."""
    found = Preference.objects.filter(user=user).first()
    kept: Preferences = found.data if found else {}
    return {name: {**given, **kept.get(name, {})} for name, given in defaults().items()}


def prefer(user: User, data: Any, *, now: datetime) -> Preferences:
    """Replaces them; Invalid where a verb, a key or a setting is unknown, or a key serves two."""
    require_all_of(user)
    kept = checked(data)
    Preference.objects.update_or_create(user=user, defaults={"data": kept, "updated_at": now})
    return kept
