"""Routes × roles, held against the URL configuration itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.assignment.models import Assignment
from annotations.coding import recording
from annotations.coding.bodies import parse
from annotations.coding.showing import work_of
from annotations.corpus.models import Import, StoryCandidate
from annotations.release.freezings import Freezing, FreezingProgress
from tests.cast import NOW, Cast, assignment, batch, body_of, document
from tests.security.table import PEOPLE, rows

NAMES = {
    "slug": "slug",
    "uuid": None,  # by what it is of, below
    "token": "token",
    "version": "version",
    "other": "other",
    "file": "file",
    "position": "position",
    "number": "number",
    "page": "page",
    "picture": "picture",
    "provider_id": "provider",
}
UUID_OF = {
    "imports": "import",
    "batches": "batch",
    "annotations": "annotation",
    "assignments": "assignment",
    "code": "assignment",
    "documents": "document",
    "adjudication": "document",
    "comments": "comment",
    "flags": "flag",
    "stories": "pair",
    "labels": "label",
    "freezings": "freezing",
}


def routes(patterns: list[Any], prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            if path != "/admin/":
                yield from routes(each.url_patterns, path)
        else:
            yield _placeholders(path), each


def _placeholders(path: str) -> str:
    def named(match: re.Match[str]) -> str:
        before, name = match[1], match[2]
        return f"{before}/{{{NAMES[name] or UUID_OF[before.rsplit('/')[-1]]}}}"

    return re.sub(r"([^<]*)/<\w+:(\w+)>", named, path)


ROUTES = dict(routes(get_resolver().url_patterns))


def methods_of(pattern: URLPattern) -> set[str]:
    """What a class-based view answers; of a function only its row tells."""
    view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
    known = ("get", "post", "put", "patch", "delete")
    return {name.upper() for name in known if view is not None and hasattr(view, name)}


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert {path for _, path, _ in rows()} == set(ROUTES)


def test_every_method_of_a_view_has_a_row() -> None:
    known = {(method, path) for method, path, _ in rows()}
    for path, pattern in ROUTES.items():
        for method in methods_of(pattern):
            assert (method, path) in known


@pytest.fixture
def named(cast: Cast) -> dict[str, str]:
    return things(cast)


def things(cast: Cast) -> dict[str, str]:
    """What the placeholders stand for: things of the project, ada's where they are somebody's."""
    text = document(cast.project, "Nights in the lab.\nThe pay is good.\n")
    round_ = batch(cast.project, cast.edition, [text])
    work: Assignment = assignment(round_, text, cast.coder(cast.ada))
    annotation = uuid4()
    body = parse(body_of(work, "Nights", stance="against"))
    recording.annotate(work_of(work), annotation, body, operation=uuid4(), now=NOW)
    told = StoryCandidate.objects.create(
        project=cast.project,
        first=text,
        second=document(cast.project, "Nights in the lab again.\n"),
        relation="copy",
        score=0.7,
    )
    asked = Freezing.objects.create(project=cast.project, by=cast.coder(cast.mia), at=NOW)
    FreezingProgress.objects.create(freezing=asked)
    delivery = Import.objects.create(project=cast.project, by=cast.coder(cast.mia))
    return {
        "slug": cast.project.slug,
        "document": str(text.uuid),
        "batch": str(round_.uuid),
        "assignment": str(work.uuid),
        "annotation": str(annotation),
        "import": str(delivery.uuid),
        "freezing": str(asked.uuid),
        "comment": str(uuid4()),
        "flag": str(uuid4()),
        "pair": str(told.uuid),
        "label": str(uuid4()),
        "token": "no-such-token",
        "version": "v1",
        "other": "v2",
        "file": "spans.csv",
        "position": "0",
        "number": "1",
        "page": "code",
        "picture": "agreement.png",
        "provider": "sso",
    }


def status(method: str, path: str, person: str, cast: Cast) -> int:
    client = Client(raise_request_exception=False)
    if person != "nobody":
        client.force_login(getattr(cast, person))
    if method == "GET":
        return int(client.get(path).status_code)
    if path.startswith("/api/"):
        answer = client.generic(method, path, "{}", content_type="application/json")
    else:
        answer = client.generic(method, path)
    return int(answer.status_code)


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [pytest.param(*row, id=f"{row[0]} {row[1]}") for row in rows()],
)
def test_everybody_gets_what_the_table_says(
    cast: Cast, named: dict[str, str], method: str, path: str, wanted: dict[str, int]
) -> None:
    address = path.format(**named)
    got = {}
    for person in PEOPLE:
        # A savepoint, not atomic(), so that each starts from the same state.
        before = transaction.savepoint()
        got[person] = status(method, address, person, cast)
        transaction.savepoint_rollback(before)
    assert got == wanted


def test_foreign_things_look_like_unknown_ones(cast: Cast, named: dict[str, str]) -> None:
    """To dag, somebody's project and one that does not exist give the same answer."""
    unknown = {**{name: str(uuid4()) for name in named}, "slug": "no-such", "version": "v1"}
    client = Client()
    client.force_login(cast.dag)
    for method, path, wanted in rows():
        if method == "GET" and wanted["dag"] == 404:
            there = client.get(path.format(**named))
            nowhere = client.get(path.format(**unknown))
            assert (there.status_code, nowhere.status_code) == (404, 404)
            assert len(there.content) == len(nowhere.content) or not path.startswith("/api/")
