"""Delivered files are read and stored: claimed, read in processes of their own, admitted together.

Whatever dies in between, a delivered file is either still waiting or has its outcome.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from django.db import DatabaseError, InterfaceError
from django.utils.translation import override

from annotations.corpus.deliveries.admitting import (
    known,
)
from annotations.corpus.deliveries.claiming import (
    Claimed,
    Taken,
    claim,
    finish,
    give_back,
    renew,
)
from annotations.corpus.deliveries.limits import (
    ADMITTED_AT_THE_END,
    ADMITTED_TOGETHER,
    BYTES_AT_ONCE,
    CLAIMED_BYTES,
    MOST_ATTEMPTS,
    READ_AT_ONCE,
    RENEWED_EVERY,
)
from annotations.corpus.deliveries.opening import is_container, unpack
from annotations.corpus.deliveries.reading_child import Asked, Died, Gone, Result
from annotations.corpus.deliveries.reading_pool import Pool, common_pool
from annotations.corpus.deliveries.storing import Storing
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Import, Outcome
from annotations.corpus.sketching.sketch import salt_of
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

TOO_LONG = wording("Reading the file took too long. Split it and send the parts.")
TOO_MUCH = wording("Reading the file took too much memory. Split it and send the parts.")
CRASHED = wording("The reader ended while it read this file.")
_DIED = {"time": TOO_LONG, "memory": TOO_MUCH, "crash": CRASHED}
_TICK = 0.2
_ASKED_AGAIN = timedelta(seconds=1)

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def run_import(
    import_id: int, *, clock: Clock, pool: Pool | None = None, until: datetime | None = None
) -> bool:
    """Reads what is waiting, until there is nothing more or time is up; gives whether it was.

    May be run again, and by several at once.
    """
    delivery = Import.objects.select_related("project").get(pk=import_id)
    # What is stored about a file is stored in English, whoever brings it.
    with override("en"):
        run = _Run(delivery, pool or common_pool(), clock)
        try:
            return run.go(until=until)
        finally:
            run.stop()


class _Run:
    def __init__(self, delivery: Import, pool: Pool, clock: Clock) -> None:
        self.delivery = delivery
        self.asker = pool.asker()
        self.clock = clock
        self.salt = salt_of(delivery.project_id)
        self.renewed = clock()
        self.dry = self.renewed
        self.numbers = count()
        self.asked: dict[int, Claimed] = {}
        self.ready: list[tuple[Claimed, Read]] = []
        self.asked_bytes = self.ready_bytes = 0
        self.storing = Storing(delivery.project, clock)

    def go(self, *, until: datetime | None) -> bool:
        while True:
            over = until is not None and self.clock() >= until
            while not over and self._has_room() and self._claimed_more():
                pass
            if not self.asked:
                self._store()
                self.storing.wait()
                if over or not self._claimed_more():
                    return over
            self._renew()
            result = self.asker.take(_TICK)
            if result:
                self._got(result)
            if self._is_enough():
                self._store()

    def stop(self) -> None:
        """After a fault: what is in hand is anyone's again, and its results are nobody's."""
        self.storing.end()
        if left := self._held():
            self.asker.forget()
            self.asked.clear()
            self.ready.clear()
            # A lost connection is why we stop, perhaps; then the leases run out by themselves.
            with contextlib.suppress(DatabaseError, InterfaceError):
                give_back(left)

    def _has_room(self) -> bool:
        """Where nothing was left to claim it is not asked again for each result."""
        if not self.asked:
            return True
        in_hand = self.asked_bytes + self.ready_bytes + self.storing.size
        few = len(self.asked) < READ_AT_ONCE and in_hand < BYTES_AT_ONCE
        return few and not self._is_dry()

    def _is_dry(self) -> bool:
        """Whether nothing was left to claim a moment ago."""
        return self.clock() < self.dry

    def _held(self) -> list[Claimed]:
        return [*self.asked.values(), *(file for file, _ in self.ready), *self.storing.files]

    def _is_enough(self) -> bool:
        if len(self.ready) >= ADMITTED_TOGETHER or self.ready_bytes >= CLAIMED_BYTES:
            return True
        # Towards the end fewer are stored at a time: else the last ones wait for a whole batch to be
        # read, and the readers have nothing to do while it is stored.
        is_idle = len(self.ready) >= ADMITTED_AT_THE_END and not self.storing.size
        return is_idle and self._is_dry()

    def _claimed_more(self) -> bool:
        files = claim(self.delivery.pk, now=self.clock())
        if not files:
            self.dry = self.clock() + _ASKED_AGAIN
            return False
        there = known([file.sha256 for file in files], project=self.delivery.project)
        finish(
            [
                (file, Taken(Outcome.ALREADY_THERE, there[file.sha256]))
                for file in files
                if file.sha256 in there
            ],
            now=self.clock(),
        )
        unread = [file for file in files if file.sha256 not in there]
        for file in filter(is_container, unread):
            self._unpack(file)
        asked = {next(self.numbers): file for file in unread if not is_container(file)}
        self.asked.update(asked)
        self.asked_bytes += sum(file.size for file in asked.values())
        self.asker.put(
            [
                Asked(key, file.name, file.data, file.reading, self.salt)
                for key, file in asked.items()
            ]
        )
        return True

    def _renew(self) -> None:
        now = self.clock()
        if now - self.renewed >= timedelta(seconds=RENEWED_EVERY):
            renew(self._held(), now=now)
            self.renewed = now

    def _unpack(self, file: Claimed) -> None:
        try:
            unpack(file, of=self.delivery, now=self.clock())
        except Unreadable as refusal:
            self._refuse(file, refusal)
        except Gone as gone:
            self._refuse(file, Died(gone.how))

    def _refuse(self, file: Claimed, why: Unreadable | Died) -> None:
        if isinstance(why, Died) and file.attempts < MOST_ATTEMPTS:
            give_back([file], tried=True)
            return
        reason = _DIED[why.how] if isinstance(why, Died) else str(why)
        finish([(file, Taken(Outcome.REFUSED, reason=reason))], now=self.clock())

    def _got(self, result: Result) -> None:
        key, became = result
        file = self.asked.pop(key)
        self.asked_bytes -= file.size
        if isinstance(became, Read):
            self.ready.append((file, became))
            self.ready_bytes += file.size
        else:
            self._refuse(file, became)

    def _store(self) -> None:
        # In the order of the delivery: of the same bytes twice the first is added.
        if self.ready:
            self.storing.put(sorted(self.ready, key=lambda each: each[0].position))
            self.ready, self.ready_bytes = [], 0
