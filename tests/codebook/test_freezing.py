"""Frozen once, for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import load_edition
from annotations.codebook.models import Edition, Theme
from annotations.project.refusals import NotNow
from tests.cast import NOW, Cast
from tests.codebook.test_checking import small


def test_freezing_twice_keeps_the_first_time(cast: Cast) -> None:
    draft = load_edition(cast.project, small(), by=None)
    assert freeze(draft, now=NOW).frozen_at == NOW
    assert freeze(draft, now=NOW + timedelta(days=1)).frozen_at == NOW
    assert Edition.objects.get(pk=draft.pk).frozen_at == NOW


def test_an_edition_without_themes_is_not_frozen(cast: Cast) -> None:
    with pytest.raises(NotNow):
        freeze(Edition.objects.create(project=cast.project, number=2), now=NOW)


def test_the_database_refuses_to_change_a_frozen_theme(cast: Cast) -> None:
    freeze(load_edition(cast.project, small(), by=None), now=NOW)
    theme = Theme.objects.get(edition__number=2, key="pay")
    theme.code = "XX"
    with pytest.raises(DatabaseError, match="edition-frozen"), transaction.atomic():
        theme.save()
