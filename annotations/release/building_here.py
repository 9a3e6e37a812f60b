"""Building a file of a release in a process of its own, which was handed the file's lock."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from django.db import DatabaseError, connections

from workbench.postgresql.base import is_alive
from workbench.replicas import elsewhere

from .cache import Kept
from .choosing import wanted
from .codebooks import codebook_of
from .columns import columns_of_release
from .models import Release
from .reading import stored_documents
from .wanting import Asked

PATIENCE = 10
"""Added to its niceness: who is coding goes first."""
AT_ONCE = 0.2
"""Seconds of a processor before that, for the first bytes and for what is built by then."""


def build_here(release: int, file: str, offsets: str, formula_safe: bool, bom: bool) -> Kept:
    """Of the release with this key, as it is asked for; read from a replica where there is one."""
    be_modest()
    leave_the_dead()

    def built() -> Kept:
        found = Release.objects.select_related("project").get(pk=release)
        return wanted(found, file, Asked(offsets, formula_safe, bom)).built()

    return elsewhere(built)


def rehearse() -> None:
    """What every file begins with, for nothing: afterwards there is a connection, whose server knows
    the tables, and all is loaded that loads late. Where the database is away, or the disk full, not all is."""
    leave_the_dead()
    try:
        elsewhere(_rehearsed)
    except DatabaseError:
        connections.close_all()
    except OSError:
        pass


def _rehearsed() -> None:
    rows = Release.objects.filter(retraction__isnull=True).select_related("project")
    newest = rows.order_by("-pk").first()
    if newest is not None:
        wanted(newest, "spans.csv")
        codebook_of(newest)
        columns_of_release(newest)
        next(stored_documents(newest, evidence=True), None)


def leave_the_dead() -> None:
    """Connections whose server has hung up; another is opened for the next question."""
    for each in connections.all(initialized_only=True):
        if each.connection is not None and not is_alive(each.connection):
            each.close()


def be_modest() -> None:
    """For a process of one's own."""
    signal.signal(signal.SIGPROF, lambda _number, _frame: os.nice(PATIENCE) and None)
    signal.setitimer(signal.ITIMER_PROF, AT_ONCE)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    sys.meta_path.insert(0, _WithoutPandas())


class _WithoutPandas(MetaPathFinder):
    """Where it is installed pyarrow loads it, unasked: 50 MB for nothing."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)
        return None
