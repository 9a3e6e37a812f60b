"""A release that is asked for is frozen by the worker, once, or it is said why not."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.project.members import enrol
from annotations.project.models import Membership, Project, Role
from annotations.project.refusals import Invalid, NotAllowed, NotNow, NotVisible
from annotations.release.asking import (
    MOST_ATTEMPTS,
    ask,
    freeze_asked,
    freezing_for,
    keep_file,
    reason_in_words,
    shown_of,
    wake,
)
from annotations.release.freezings import Freezing, FreezingProgress, FreezingStep
from annotations.release.models import Release
from annotations.release.retracting import retract
from annotations.release.serving import wanted_documents
from annotations.release.splitting import Shares
from tests import cast as made
from tests.cast import NOW
from tests.databases import connect
from tests.jobs.working import work
from tests.release.conftest import Corpus


def asked(corpus: Corpus, **said: Any) -> Freezing:
    return ask(corpus.cast.project, by=corpus.cast.mia, now=NOW, **said)


def again(freezing: Freezing) -> Freezing:
    return freezing_for(freezing.project, freezing.uuid)


def jobs() -> list[str]:
    rows = ProcrastinateJob.objects.filter(task_name="releases.freeze").order_by("id")
    return list(rows.values_list("status", flat=True))


def fail_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")


def test_what_is_asked_for_waits_and_is_frozen_by_the_worker(corpus: Corpus) -> None:
    freezing = asked(corpus, notes="First.", shares=Shares(seed=7))
    assert (freezing.state, Release.objects.count()) == ("waiting", 0)
    work()
    ended = again(freezing)
    assert (ended.state, ended.release) == ("done", Release.objects.get())
    assert ended.release is not None
    assert ended.release.notes == "First."
    assert ended.release.manifest["parameters"]["splits"]["seed"] == 7
    assert (ended.progress.done, ended.progress.total) == (2, 2)
    assert ended.progress.step == FreezingStep.STORING


def test_its_file_is_there_before_anybody_asks_for_it(corpus: Corpus) -> None:
    freezing = asked(corpus)
    work()
    release = Release.objects.get()
    kept = wanted_documents(release).place.found()
    assert kept is not None
    assert sha256(kept.path.read_bytes()).hexdigest() == release.sha256
    kept.path.unlink()
    keep_file(freezing.pk)
    assert kept.path.exists()


def test_no_file_is_kept_of_what_was_retracted_or_never_frozen(corpus: Corpus) -> None:
    waiting = asked(corpus)
    keep_file(waiting.pk)
    work()
    release = Release.objects.get()
    retract(release, reason="Wrong.", by=corpus.cast.mia, now=NOW)
    keep_file(waiting.pk)
    assert wanted_documents(release).place.found() is None


def test_an_asking_that_is_taken_back_leaves_no_job(corpus: Corpus) -> None:
    with transaction.atomic():
        asked(corpus)
        transaction.set_rollback(True)
    assert (jobs(), Freezing.objects.count()) == ([], 0)


def test_two_askings_are_two_releases_one_after_the_other(corpus: Corpus) -> None:
    first, second = asked(corpus), asked(corpus)
    work()
    versions = [again(each).release for each in (first, second)]
    assert [each.version for each in versions if each] == ["v1", "v2"]


def test_asked_twice_under_one_key_is_one_release(corpus: Corpus) -> None:
    key = uuid4()
    assert asked(corpus, uuid=key) == asked(corpus, uuid=key)
    work()
    assert Release.objects.count() == 1


def test_a_key_of_another_project_is_refused(corpus: Corpus) -> None:
    freezing = asked(corpus)
    other = Project.objects.create(slug="other", name="Other")
    enrol(corpus.cast.mia, other, roles=[Role.MANAGER])
    with pytest.raises(Invalid):
        ask(other, by=corpus.cast.mia, now=NOW, uuid=freezing.uuid)
    with pytest.raises(NotVisible):
        freezing_for(other, freezing.uuid)


def test_a_job_that_runs_again_makes_no_second_release(corpus: Corpus) -> None:
    freezing = asked(corpus)
    for _ in range(3):
        freeze_asked(freezing.pk, clock=lambda: NOW)
    assert Release.objects.count() == 1


def test_several_at_once_make_one_release(corpus: Corpus) -> None:
    freezing = asked(corpus)
    failed: list[BaseException] = []

    def one() -> None:
        try:
            freeze_asked(freezing.pk, clock=lambda: NOW)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert again(freezing).release == Release.objects.get()


def test_how_far_it_is_is_seen_while_it_goes_on(
    corpus: Corpus, own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    freezing = asked(corpus)
    seen: list[tuple[Any, ...]] = []
    monkeypatch.setattr("annotations.release.watching.TOLD", 2)

    def clock() -> Any:
        query = "SELECT state, step, done, total FROM annotations_freezing JOIN"
        query += " annotations_freezingprogress ON id = freezing_id"
        with connect(own_database) as other:
            seen.extend(other.execute(query).fetchall())
        return NOW

    freeze_asked(freezing.pk, clock=clock)
    running = {(step, done, total) for state, step, done, total in seen if state == "running"}
    assert {("deriving", 1, 2), ("hashing", 1, 2), ("storing", 1, 2)} <= running


def test_nothing_coded_is_said_at_once(live_cast: made.Cast) -> None:
    with pytest.raises(NotNow):
        ask(live_cast.project, by=live_cast.mia, now=NOW)
    assert not Freezing.objects.exists()


def test_why_it_failed_is_said(corpus: Corpus) -> None:
    freezing = asked(corpus)
    Membership.objects.filter(user=corpus.cast.mia, role=Role.MANAGER).delete()
    work()
    ended = again(freezing)
    assert (ended.state, ended.release) == ("failed", None)
    assert ended.reason
    assert jobs() == ["succeeded"]


@pytest.mark.parametrize(("who", "refusal"), [("ada", NotAllowed), ("rita", NotAllowed)])
def test_only_the_manager_asks(corpus: Corpus, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ask(corpus.cast.project, by=getattr(corpus.cast, who), now=NOW)


def test_what_lost_its_job_gets_another(corpus: Corpus) -> None:
    freezing = asked(corpus)
    wake(now=NOW)
    assert jobs() == ["todo"]
    fail_jobs()
    wake(now=NOW)
    work()
    assert again(freezing).state == "done"


def test_what_takes_its_worker_down_each_time_is_given_up(corpus: Corpus) -> None:
    freezing = asked(corpus)
    FreezingProgress.objects.update(attempts=MOST_ATTEMPTS)
    fail_jobs()
    wake(now=NOW)
    ended = again(freezing)
    assert ended.state == "failed"
    assert reason_in_words(ended.reason).startswith(f"Freezing stopped {MOST_ATTEMPTS} times")
    assert jobs() == ["failed"]


def test_the_page_shows_what_is_open_and_what_failed_lately(corpus: Corpus) -> None:
    project, day = corpus.cast.project, timedelta(days=1)
    old, late, open_ = asked(corpus), asked(corpus), asked(corpus)
    for freezing, when in ((old, NOW - day), (late, NOW)):
        Freezing.objects.filter(pk=freezing.pk).update(state="failed", reason="?", ended_at=when)
    assert shown_of(project, since=NOW - day / 2) == [open_, late]
