"""Those who share the reading processes do not get in each other's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotations.corpus.deliveries.reading_child import Asked
from annotations.corpus.deliveries.reading_pool import Asker, Pool, common_pool

AGES = 300.0  # seconds: longer than any of these is read


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()


def files(*keys: int) -> list[Asked]:
    return [Asked(key, f"{key}.txt", f"Night {key}.".encode(), {}) for key in keys]


def taken(asker: Asker, *, times: int) -> list[int]:
    results = [asker.take(AGES) for _ in range(times)]
    return sorted(result[0] for result in results if result)


def test_what_somebody_asked_comes_to_them_and_to_nobody_else(pool: Pool) -> None:
    ada, ben = pool.asker(), pool.asker()
    for n in range(20):
        ada.put(files(n))
        ben.put(files(100 + n))
    assert taken(ben, times=20) == list(range(100, 120))
    assert taken(ada, times=20) == list(range(20))
    assert ada.take(0.0) is ben.take(0.0) is None


def test_who_forgets_forgets_only_their_own(pool: Pool) -> None:
    ada, ben = pool.asker(), pool.asker()
    ada.put(files(*range(40)))
    ben.put(files(*range(100, 110)))
    ada.forget()
    assert taken(ben, times=10) == list(range(100, 110))


def test_one_process_has_one_common_pool() -> None:
    assert common_pool() is common_pool()
