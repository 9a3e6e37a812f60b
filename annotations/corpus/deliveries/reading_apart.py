"""One file read while somebody waits for it: in a process of its own, with its limits. Pure."""

from __future__ import annotations

import atexit
import threading

from annotations.corpus.choices import Choices
from annotations.corpus.deliveries.reading_child import Asked, Died
from annotations.corpus.deliveries.reading_pool import Pool
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.texts.refusals import Unreadable
from annotations.text.phrases import wording

LONGEST_WAIT = 60.0
TOO_LONG = wording("Reading this file so takes too long or too much memory.")
_one_at_a_time = threading.Lock()
_pools: list[Pool] = []


def read_apart(name: str, data: bytes, choices: Choices) -> Read:
    """As `reading.read` does, with the searchable forms.

    The process is started when it is first needed, and kept. Raises `Unreadable`, also where the
    file is more than a reading process may take.
    """
    with _one_at_a_time:
        asker = _pool().asker()
        asker.put([Asked(0, name, data, choices.as_json())])
        result = asker.take(LONGEST_WAIT)
        if result is None:
            asker.forget()
            raise Unreadable("time", TOO_LONG)
    became = result[1]
    if isinstance(became, Died):
        raise Unreadable(became.how, TOO_LONG)
    if isinstance(became, Unreadable):
        raise became
    return became


def _pool() -> Pool:
    if not _pools:
        _pools.append(Pool(size=1))
        atexit.register(_pools[0].close)
    return _pools[0]
