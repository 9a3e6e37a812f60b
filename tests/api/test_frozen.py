"""A frozen file for a tool: the short way asks little, and refuses whatever the long way refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.project.accounts import NewToken, create_token
from annotations.project.models import ApiToken, Membership, User
from annotations.release.models import Release
from annotations.release.retracting import retract
from annotations.release.serving import frozen_file
from annotations.release.sweeping_cache import keep_up
from annotations.release.taking_down import take_down
from tests.api.test_adjudication import by
from tests.api.test_releases import ALL, FILE, body
from tests.release.conftest import Corpus
from tests.release.conftest import corpus as corpus  # a fixture
from tests.release.test_freezing import freeze


@pytest.fixture
def release(corpus: Corpus) -> Release:
    made = freeze(corpus)
    frozen_file(made)
    keep_up()
    return made


@pytest.fixture
def token(corpus: Corpus, release: Release) -> NewToken:
    return create_token(corpus.cast.rita, name="tool", scopes=["releases"], now=timezone.now())


def asked(token: NewToken, file: str = FILE, **headers: str) -> Any:
    return Client().get(file, headers={"Authorization": f"Bearer {token.secret}", **headers})


def questions(token: NewToken, file: str = FILE, **headers: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = asked(token, file, **headers)
    assert answer.status_code < 400
    return len(captured)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=3-40"},
        {"Range": "bytes=9999999-"},
        {"If-None-Match": "*"},
        {"Accept-Encoding": "gzip"},
        {"Accept-Encoding": "zstd"},
    ],
    ids=str,
)
def test_both_ways_say_the_same(corpus: Corpus, token: NewToken, headers: dict[str, str]) -> None:
    short, long = asked(token, **headers), by(corpus.cast.rita).get(FILE, headers=headers)
    assert short.status_code == long.status_code
    told = {"ETag", "Cache-Control", "Accept-Ranges", "Content-Disposition", "Content-Encoding"}
    told |= {"Content-Type", "Content-Length", "Content-Range", "Content-Security-Policy"}
    assert {name: short.get(name) for name in told} == {name: long.get(name) for name in told}
    assert "Accept-Encoding" in short["Vary"]
    if short.streaming:
        assert body(short) == body(long)


@pytest.mark.parametrize("file", [FILE, f"{ALL}/latest/documents.jsonl"])
def test_a_kept_file_takes_two_questions(token: NewToken, file: str) -> None:
    assert questions(token, file) == 3  # who may have what, how often, and that it was used
    assert questions(token, file) == 2  # within the minute
    assert questions(token, file, Range="bytes=0-9") == 2
    assert questions(token, file, **{"If-None-Match": "*"}) == 2


def test_its_use_is_noted_once_a_minute(token: NewToken) -> None:
    asked(token)
    used = ApiToken.objects.get().last_used_at
    assert used is not None
    asked(token)
    assert ApiToken.objects.get().last_used_at == used
    ApiToken.objects.update(last_used_at=used - timedelta(seconds=61))
    asked(token)
    assert ApiToken.objects.filter(last_used_at__gt=used - timedelta(seconds=1)).exists()


def _revoked(corpus: Corpus) -> None:
    ApiToken.objects.update(revoked_at=timezone.now())


def _expired(corpus: Corpus) -> None:
    ApiToken.objects.update(expires_at=timezone.now())


def _closed(corpus: Corpus) -> None:
    User.objects.filter(pk=corpus.cast.rita.pk).update(is_active=False)


def _left(corpus: Corpus) -> None:
    Membership.objects.filter(user=corpus.cast.rita).delete()


def _another_role(corpus: Corpus) -> None:
    Membership.objects.filter(user=corpus.cast.rita).update(role="annotator")


def _another_scope(corpus: Corpus) -> None:
    ApiToken.objects.update(scopes=["code"])


def _retracted(corpus: Corpus) -> None:
    release = Release.objects.get()
    retract(release, reason="Wrong.", by=corpus.cast.mia, now=timezone.now())


AFTERWARDS: dict[Callable[[Corpus], None], int] = {
    _revoked: 401,
    _expired: 401,
    _closed: 401,
    _left: 404,
    _another_role: 403,
    _another_scope: 403,
    _retracted: 410,
}


@pytest.mark.parametrize(("change", "status"), AFTERWARDS.items())
def test_what_was_given_is_refused_at_once_when_it_may_not_be_given(
    corpus: Corpus, token: NewToken, change: Callable[[Corpus], None], status: int
) -> None:
    assert asked(token).status_code == 200
    change(corpus)
    assert asked(token).status_code == status
    assert asked(token, **{"If-None-Match": "*"}).status_code == status


def test_what_was_taken_down_is_out_of_it_at_once(corpus: Corpus, token: NewToken) -> None:
    whole = asked(token)
    take_down(corpus.ruled, reason="Asked to.", by=corpus.cast.mia, now=timezone.now())
    less = asked(token)
    assert less["ETag"] != whole["ETag"]
    assert str(corpus.ruled.uuid) in body(whole).decode()
    assert str(corpus.ruled.uuid) not in body(less).decode()


@pytest.mark.parametrize("file", [f"{ALL}/v2/documents.jsonl", FILE.replace("labs", "elsewhere")])
def test_what_is_not_there_is_404(token: NewToken, file: str) -> None:
    assert asked(token, file).status_code == 404


def test_a_question_that_it_does_not_know_is_refused(token: NewToken) -> None:
    assert asked(token).status_code == 200
    assert asked(token, f"{FILE}?offsets=utf16").status_code == 422


def test_the_latest_is_the_newest_that_stands(corpus: Corpus, token: NewToken) -> None:
    second = freeze(corpus)
    frozen_file(second)
    latest = f"{ALL}/latest/documents.jsonl"
    assert "-v2-" in asked(token, latest)["Content-Disposition"]
    retract(second, reason="Wrong.", by=corpus.cast.mia, now=timezone.now())
    assert "-v1-" in asked(token, latest)["Content-Disposition"]


def test_each_answer_counts_towards_the_limit_once(token: NewToken, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "usual": (3, 3600)}
    assert [asked(token).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert "Retry-After" in asked(token)


def test_a_file_that_is_not_kept_yet_is_made_and_counted_once(
    release: Release, token: NewToken, settings: Any
) -> None:
    settings.LIMITS = {**settings.LIMITS, "usual": (2, 3600)}
    frozen_file(release).unlink()
    assert [asked(token).status_code for _ in range(3)] == [200, 200, 429]
