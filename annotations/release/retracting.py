"""A release that nobody is to use any more: its files are gone, its manifest says why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.project.access import Action, coder_of, require
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow

from .models import Release
from .sweeping_cache import sweep
from .withdrawals import Retraction

LONGEST_REASON = 2_000


@transaction.atomic
def retract(release: Release, *, reason: str, by: User, now: datetime) -> Retraction:
    """For good. Refuses with NotNow where it is done already."""
    require(by, Action.RELEASE, release.project)
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        detail = _("Say why, in at most %(longest)s characters.") % {"longest": LONGEST_REASON}
        raise Invalid.field("reason", "reason-missing", detail)
    made, is_new = Retraction.objects.get_or_create(
        release=release,
        defaults={
            "project": release.project,
            "reason": reason,
            "by": coder_of(by, release.project),
            "at": now,
        },
    )
    if not is_new:
        raise NotNow(_("This release was retracted before."), reason="retracted")
    transaction.on_commit(sweep)
    return made
