"""Tokens that there were keep what they could; on the way back none comes to reach more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.project.accounts import create_token, token_of
from annotations.project.models import ApiToken
from tests.cast import Cast
from tests.migrations.test_reversible import migrate, names


@pytest.mark.slow
def test_a_limited_token_ends_where_its_limit_cannot_be_kept(live_cast: Cast) -> None:
    now = timezone.now()
    (here,) = [name for name in names() if name.endswith("_tokens_by_project")]
    whole = create_token(live_cast.rita, name="whole", scopes=["read"], now=now)
    limited = create_token(
        live_cast.rita, name="limited", scopes=["read"], now=now, projects=[live_cast.project.slug]
    )
    later = now + timedelta(seconds=1)
    try:
        migrate(names()[names().index(here) - 1])
    finally:
        migrate()
    assert token_of(limited.secret, now=later) is None
    kept = token_of(whole.secret, now=later)
    assert kept is not None
    assert kept.projects is None
    assert ApiToken.objects.count() == 2
