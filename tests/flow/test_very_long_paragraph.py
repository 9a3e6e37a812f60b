"""Five megabytes without a line break, in two browsers: coded like any other text, deaths included."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg import sql
from pytest_django import DjangoDbBlocker

from annotations.corpus.models import Document
from tests.cast import assemble
from tests.databases import administer, connection, point_django_at
from tests.flow.articles import article, bring, work_on
from tests.flow.day import Day, hold
from tests.flow.windows import Window
from tests.servers import Server

BYTES = 5_000_000


@pytest.fixture(scope="module")
def template_database(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """With the cast and the article in it, which takes a while to read: once for both browsers."""
    name = f"{template_database}_long"
    before = connection.settings_dict["NAME"]
    names = {"new": sql.Identifier(name), "old": sql.Identifier(template_database)}
    with django_db_blocker.unblock():
        administer(sql.SQL("CREATE DATABASE {new} TEMPLATE {old}").format(**names))
        point_django_at(name)
        try:
            bring(assemble().project, article(seed=1, long=BYTES))
        finally:
            point_django_at(before)
    yield name
    administer(sql.SQL("DROP DATABASE IF EXISTS {new} WITH (FORCE)").format(**names))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("window", ["chromium", "firefox"], indirect=True)
def test_a_paragraph_of_five_megabytes_is_coded_like_any_other(
    server: Server, window: Window
) -> None:
    document = Document.objects.get()
    assert max(len(line.encode()) for line in document.text.splitlines()) > BYTES
    day = Day(window, server, work_on(document), seed=1)
    day.begin()
    day.live(day.analyst.steps, only=25)
    day.live({day.crash: 2, day.reload: 1, day.die: 1})
    hold(day)
