"""An edition becomes fixed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.codebook.models import Edition
from annotations.project.refusals import NotNow


@transaction.atomic
def freeze(edition: Edition, *, now: datetime) -> Edition:
    """From here on the database refuses any change of it; frozen before, it stays as it is."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.frozen_at is None:
        _require_content(locked)
        locked.frozen_at = now
        locked.save(update_fields=["frozen_at"])
    edition.frozen_at = locked.frozen_at
    return edition


def _require_content(edition: Edition) -> None:
    if not edition.themes.exists() or not edition.stances.exists():
        said = _("Edition %(number)s has no themes or no stances yet.")
        raise NotNow(said % {"number": edition.number})
