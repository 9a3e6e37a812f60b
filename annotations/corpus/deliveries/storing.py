"""What was read is stored, while more is being read: one batch at a time, the next one waits."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import override

from annotations.corpus.deliveries.admitting import Arrival, admit_all
from annotations.corpus.deliveries.claiming import Claimed, Taken, finish, still_ours
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Outcome
from annotations.project.database import refusals
from annotations.project.models import Project
from annotations.project.refusals import Refusal
from annotations.text.phrases import wording

NOT_STORED = wording("The file could not be stored: %(why)s")

log = logging.getLogger(__name__)
Ready = Sequence[tuple[Claimed, Read]]


class Storing:
    """Stores in a thread of its own with a connection of its own, so that the database works while
    files are read and their rows are made.

    Inside a transaction of the caller, or where there is no second connection, it stores at once.
    """

    def __init__(self, project: Project, clock: Callable[[], datetime]) -> None:
        self._project = project
        self._clock = clock
        self._thread: ThreadPoolExecutor | None = None
        self._under_way: Future[None] | None = None
        self._size = 0
        self.files: list[Claimed] = []
        """What was put last, until it is known to be stored."""

    def put(self, ready: Ready) -> None:
        """Stored soon. Waits for what was put before, and raises what went wrong with that."""
        self.wait()
        self.files = [file for file, _ in ready]
        self._size = sum(file.size for file in self.files)
        if self._is_alone():
            self._store(ready)
            self.files = []
            return
        self._thread = self._thread or ThreadPoolExecutor(1, "storing")
        self._under_way = self._thread.submit(self._store, ready)

    @property
    def size(self) -> int:
        """Bytes that are being stored."""
        is_idle = self._under_way is None or self._under_way.done()
        return 0 if is_idle else self._size

    def wait(self) -> None:
        """Until all that was put is stored; raises what went wrong."""
        if self._under_way:
            under_way, self._under_way = self._under_way, None
            under_way.result()
            self.files = []

    def end(self) -> None:
        """Nothing is under way any more; `files` are those of which it is not known."""
        if self._thread:
            self._thread.submit(_let_go)
            self._thread.shutdown()
            self._thread = None
        if self._under_way and not self._under_way.exception():
            self.files = []
        self._under_way = None

    def _is_alone(self) -> bool:
        pool = connection.settings_dict["OPTIONS"].get("pool")
        few = isinstance(pool, dict) and pool.get("max_size", 2) < 2
        return connection.in_atomic_block or few

    def _store(self, ready: Ready) -> None:
        """All together; and where one of them is refused each by itself, so that it costs no other."""
        # What is stored about a file is stored in English, and a thread has its own language.
        with override("en"):
            try:
                store(ready, into=self._project, now=self._clock())
            except (Refusal, DataError, IntegrityError):
                for file, became in ready:
                    self._store_one(file, became)

    def _store_one(self, file: Claimed, became: Read) -> None:
        try:
            store([(file, became)], into=self._project, now=self._clock())
        except (Refusal, DataError, IntegrityError) as error:
            # A fault of a reader, not of the file; it costs this file and no other.
            log.exception("The draft of a delivered file was refused.")
            taken = Taken(Outcome.REFUSED, reason=_why_not_stored(error))
            finish([(file, taken)], now=self._clock())


@transaction.atomic
def store(ready: Ready, *, into: Project, now: datetime) -> None:
    """Documents and outcomes in one transaction; what is no longer ours is left out."""
    ours = still_ours([file for file, _ in ready])
    mine = [(file, became) for file, became in ready if file.pk in ours]
    arrivals = [Arrival(became, file.data, file.sha256, file.name) for file, became in mine]
    with refusals():
        admissions = admit_all(arrivals, into=into)
    finish(
        [
            (file, Taken(admission.outcome, admission.document))
            for (file, _), admission in zip(mine, admissions, strict=True)
        ],
        now=now,
    )


def _let_go() -> None:
    """The connection of the thread that asks, which is another one for each."""
    connection.close()


def _why_not_stored(error: Exception) -> str:
    if isinstance(error, Refusal):
        return error.message
    return NOT_STORED % {"why": str(error).splitlines()[0]}
