"""The demonstration in a database of its own, loaded once for all tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from psycopg import sql
from pytest_django import DjangoDbBlocker

from annotations.management.demo import load_demo
from annotations.project.models import Project
from tests.databases import administer, close_all, point_django_at


@contextmanager
def a_copy_of(template: str, blocker: DjangoDbBlocker) -> Iterator[str]:
    """A database that outlives a test: Django's connection points at it inside the block."""
    name, before = f"wbt_{uuid4().hex[:12]}", connection.settings_dict["NAME"]
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with blocker.unblock():
        close_all()
        administer(copy.format(sql.Identifier(name), sql.Identifier(template)))
        point_django_at(name)
        try:
            yield name
        finally:
            point_django_at(before)
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            administer(drop.format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def demonstration(template_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[Project]:
    with a_copy_of(template_database, django_db_blocker):
        yield load_demo(now=timezone.now()).project
