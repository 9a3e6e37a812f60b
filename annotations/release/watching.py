"""A freezing as it is carried out: whether it is still wanted, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from .freezings import OPEN, Freezing, FreezingState, FreezingStep
from .models import Release

TOLD = 100
"""So often at most a step says how far it is."""

Thing = TypeVar("Thing")


class Unasked:
    """For whoever waits for the release itself, and wrote nothing down."""

    def is_due(self) -> bool:
        """Asked in the transaction of the release, once it has its place in the queue."""
        return True

    def along(self, things: Iterable[Thing], *, step: FreezingStep, total: int) -> Iterator[Thing]:
        """The things, one by one; `total` is how many there are at most."""
        return iter(things)

    def end(self, release: Release) -> None:
        """In the transaction of the release, as its last."""


class Asked(Unasked):
    """One freezing; its progress is written over a connection of its own, closed by `with`."""

    def __init__(self, freezing: int, *, clock: Callable[[], datetime]) -> None:
        self._freezing = freezing
        self._clock = clock
        self._beside: BaseDatabaseWrapper = connection.copy()

    def __enter__(self) -> Asked:
        return self

    def __exit__(self, *error: object) -> None:
        self._beside.close()

    def is_due(self) -> bool:
        """Not where another worker has ended it while this one waited."""
        return Freezing.objects.filter(pk=self._freezing, state__in=OPEN).exists()

    def along(self, things: Iterable[Thing], *, step: FreezingStep, total: int) -> Iterator[Thing]:
        every = max(1, total // TOLD)
        self._tell(step, 0, total)
        for done, thing in enumerate(things, start=1):
            yield thing
            if done % every == 0:
                self._tell(step, min(done, total), total)

    def end(self, release: Release) -> None:
        """The row is the release's only where both are committed."""
        Freezing.objects.filter(pk=self._freezing).update(
            state=FreezingState.DONE, release=release, ended_at=self._clock()
        )

    def _tell(self, step: FreezingStep, done: int, total: int) -> None:
        with self._beside.cursor() as cursor:
            cursor.execute(
                "UPDATE annotations_freezingprogress SET step = %s, done = %s, total = %s, at = %s"
                " WHERE freezing_id = %s",
                [step.value, done, total, self._clock(), self._freezing],
            )
