"""What an error says about the machine under us: a database that is away, a disk that is full.

Nothing is wrong with the request then, and the same one will do later. Pure; needs no database.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass

import django.db
import psycopg

from workbench.postgresql.patience import AllInUse


@dataclass(frozen=True, slots=True)
class Outage:
    """`code` is for programs; `seconds` until it is worth asking again."""

    code: str
    status: int
    seconds: int


AWAY = Outage("database-away", 503, 5)
BUSY = Outage("database-busy", 503, 2)
TOO_LONG = Outage("took-too-long", 503, 10)
FULL = Outage("disk-full", 507, 30)

_FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}
# Appendix A of PostgreSQL's manual. Whole classes: of connections, of rolled back transactions, of
# resources, of an operator's intervention, of the system below the server.
_STATES = {
    "53100": FULL,
    "57014": TOO_LONG,
    "53300": BUSY,
    "55P03": BUSY,
    "25P03": TOO_LONG,
    "25006": AWAY,  # read only: a standby that is about to take over
}
_CLASSES = {"08": AWAY, "40": BUSY, "53": BUSY, "57": AWAY, "58": AWAY}
_LOST = (
    *(django.db.OperationalError, django.db.InterfaceError),
    *(psycopg.OperationalError, psycopg.InterfaceError),
)
_DEPTH = 10


def outage_of(error: BaseException | None) -> Outage | None:
    """What is out of order, where that is why; None where the fault is another.

    >>> outage_of(OSError(errno.ENOSPC, "No space left on device")).status
    507
    >>> outage_of(psycopg.errors.AdminShutdown("terminating connection")).code
    'database-away'
    >>> outage_of(ValueError("a mistake of ours"))
    """
    found = (_outage(each) for each in _causes(error))
    return next(filter(None, found), None)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The deepest first: what came after is of its making, such as a rollback that failed too."""
    chain: list[BaseException] = []
    while error is not None and len(chain) < _DEPTH:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return reversed(chain)


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, AllInUse):
        return BUSY
    if isinstance(error, psycopg.Error) and (state := error.sqlstate):
        return _STATES.get(state) or _CLASSES.get(state[:2])
    if isinstance(error, psycopg.Error | django.db.Error):
        return AWAY if isinstance(error, _LOST) else None
    if isinstance(error, OSError) and error.errno in _FULL_ERRORS:
        return FULL
    return None
