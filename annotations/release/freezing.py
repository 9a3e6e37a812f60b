"""Freezing gold under a version, from one unmoving view of the database.

Every document is derived once and spooled on disk; then splits are known, the hashes that the
release is known by are made, and the rows are stored. None of that holds more than a few documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from annotations.codebook.models import Edition
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Project, User
from annotations.project.refusals import NotNow
from annotations.text.phrases import wording

from .canonical import line
from .columns import columns_of
from .counting import Counts, Digest, manifest_of, split_parameters
from .formats.contract import PLAIN
from .freezings import FreezingStep
from .gathering import adjudicated, candidates, cases, pseudonyms, settled
from .leaving_out import Noted
from .models import Release
from .placing import placed_before
from .schema import SCHEMA_VERSION
from .shapes import HASHED
from .shapes.contract import Columns
from .shapes.evidence import Evidence
from .splitting import Placed, Shares, place
from .spooling import Settled, Spool
from .storing import store
from .watching import Unasked

DOCUMENTS = "documents.jsonl"
NOTHING = wording("No document is adjudicated yet, so there is nothing to release.")


class NoLongerDue(Exception):
    """What was asked for was frozen, or given up, by somebody else meanwhile."""


def freeze_release(
    project: Project,
    *,
    by: User,
    now: datetime,
    notes: str = "",
    shares: Shares | None = None,
    asked: Unasked | None = None,
) -> Release:
    """The gold of all adjudicated documents under the project's next version.

    Documents are split by story where `shares` are given. Opens a transaction of its own, so it
    cannot be called inside one. One release is frozen at a time; rulings go on meanwhile and are
    seen by the next. `asked` goes along with every step. Refuses with NotNow when no document is
    adjudicated; raises NoLongerDue where `asked` says so.
    """
    require(by, Action.RELEASE, project)
    release = Release(
        project=project,
        schema_version=SCHEMA_VERSION,
        notes=notes,
        by=coder_of(by, project),
        at=now,
    )
    with Spool() as spool, transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            # Before the first query, which fixes what is seen: a release frozen while we waited
            # for the lock must be seen, or its number would be given twice.
            cursor.execute("LOCK TABLE annotations_release IN SHARE ROW EXCLUSIVE MODE")
        asked = asked or Unasked()
        if not asked.is_due():
            raise NoLongerDue
        release.number = _next_number(project)
        _Freezing(release, spool, shares, asked).freeze()
        asked.end(release)
    return release


def _next_number(project: Project) -> int:
    before = Release.objects.filter(project=project).order_by("-number").first()
    return before.number + 1 if before else 1


class _Freezing:
    """The steps of one release, in their order."""

    def __init__(
        self, release: Release, spool: Spool, shares: Shares | None, asked: Unasked
    ) -> None:
        self.release = release
        self.spool = spool
        self.shares = shares
        self.asked = asked
        self.counts = Counts()
        self.placed: Placed | None = None
        self.editions: list[Edition] = []
        self.noted = Noted()

    def freeze(self) -> None:
        """Refuses with NotNow when there is nothing to freeze."""
        self._derive()
        columns = columns_of(self.editions)
        files = self._hash(columns)
        frozen = files[DOCUMENTS]
        self.release.sha256, self.release.size = frozen["sha256"], frozen["size"]
        self.release.documents_total = self.counts.documents
        self.release.spans_total = sum(self.counts.labels.values())
        self.release.manifest = manifest_of(
            self.release,
            self.counts,
            editions=self.editions,
            files=files,
            parameters={"splits": split_parameters(self.shares, self.placed)},
            left_out=self.noted.said(self.release.project),
        )
        self.release.save(force_insert=True)
        rows = self.asked.along(
            self._split(), step=FreezingStep.STORING, total=self.counts.documents
        )
        store(self.release, rows)

    def _derive(self) -> None:
        names = pseudonyms(self.release.project)
        stories: dict[str, str | None] = {}
        used: set[int] = set()
        items = candidates(self.release.project)
        read = self.asked.along(cases(items), step=FreezingStep.DERIVING, total=items.count())
        for case in adjudicated(self.noted.along(read)):
            found = settled(case, names=names)
            self.counts.add_case(case)
            self.spool.add(found)
            stories[found.row.id] = found.row.story
            used.add(found.edition)
        if not stories:
            raise NotNow(_(NOTHING))
        self.editions = list(Edition.objects.filter(pk__in=used).order_by("number"))
        if self.shares is not None:
            before = placed_before(self.release.project)
            self.placed = place(stories, before, shares=self.shares)

    def _split(self) -> Iterator[Settled]:
        for each in self.spool:
            if self.placed is None:
                yield each
            else:
                row = replace(each.row, split=self.placed.splits[each.row.id])
                yield replace(each, row=row)

    def _hash(self, columns: Columns) -> dict[str, dict[str, Any]]:
        digests = {name: Digest() for name in (DOCUMENTS, *(shape.file for shape in HASHED))}
        rows: Counter[str] = Counter()
        for shape in HASHED:
            digests[shape.file].add(shape.head(columns, PLAIN))
        rows_ = self.asked.along(self._split(), step=FreezingStep.HASHING, total=len(self.spool))
        for each in rows_:
            digests[DOCUMENTS].add(line(each.row))
            for shape in HASHED:
                digests[shape.file].add(shape.piece(each.row, each.evidence, columns, PLAIN))
            self.counts.add_row(each.row, passages=len(each.evidence.passages))
            rows.update(_row_counts(each.evidence))
        return {
            name: {**digest.said, "rows": rows[name.split(".")[0]]}
            for name, digest in digests.items()
        }


def _row_counts(evidence: Evidence) -> dict[str, int]:
    return {
        "documents": 1,
        "passages": len(evidence.passages),
        "annotations": sum(len(coding.labels) for coding in evidence.codings),
    }
