"""Files are delivered: kept as they come and read later."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from annotations import queue
from annotations.corpus.choices import Choices
from annotations.corpus.copying import copy
from annotations.corpus.deliveries.counting import outcomes
from annotations.corpus.deliveries.file_names import clean_name
from annotations.corpus.deliveries.limits import latest_lease
from annotations.corpus.models import Import, ImportFile, ImportState, Outcome
from annotations.corpus.readers.columns import OWN_COLUMNS
from annotations.project.access import Action, coder_of, require, require_of_found
from annotations.project.models import Coder, Project, User
from annotations.project.refusals import Invalid, NotVisible
from annotations.text.phrases import wording

JOB = "imports.run"
TOO_BIG = wording(
    "The file has %(size)s bytes; at most %(longest)s are taken. Split it and send the parts."
)


class Stream(Protocol):
    """A file that can be measured before it is read: an open one, or one that was uploaded."""

    @property
    def seek(self) -> Callable[..., Any]: ...

    @property
    def read(self) -> Callable[..., bytes]: ...


Delivered = tuple[str, Stream]


@dataclass(frozen=True, slots=True)
class Item:
    """One file to keep. `data` is None where it is too big, of which `size` tells; `refused` is
    why it is not to be read, where that is known already.
    """

    name: str
    size: int
    data: bytes | None
    reading: dict[str, Any] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a delivery is: `done` of `total` files have an outcome; `counts` by outcome."""

    counts: dict[str, int]
    cancelled: bool = False

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        open_ = (Outcome.WAITING, Outcome.ASKED)
        return self.total - sum(self.counts.get(outcome, 0) for outcome in open_)

    @property
    def state(self) -> ImportState:
        if self.cancelled:
            return ImportState.CANCELLED
        if self.done == self.total:
            return ImportState.DONE
        running = self.done and self.counts.get(Outcome.WAITING)
        return ImportState.RUNNING if running else ImportState.WAITING


def deliver(project: Project, files: Iterable[Delivered], *, by: User, now: datetime) -> Import:
    """Keeps the files, each a name and a seekable stream, and asks for them to be read."""
    return deliver_items(project, map(item_of, files), by=by, now=now)


@transaction.atomic
def deliver_items(project: Project, items: Iterable[Item], *, by: User, now: datetime) -> Import:
    require(by, Action.IMPORT, project)
    delivery = kept(project, items, by=coder_of(by, project), now=now)
    ask_to_read(delivery.pk)
    return delivery


@transaction.atomic
def kept(project: Project, items: Iterable[Item], *, by: Coder | None, now: datetime) -> Import:
    """A delivery that nobody has been asked to read; `by` is nobody for a command."""
    delivery = Import.objects.create(project=project, by=by)
    if not keep(delivery, items, now=now):
        raise Invalid.field("files", "files-missing", _("Choose at least one file."))
    return delivery


def ask_to_read(import_id: int) -> None:
    queue.later(JOB, lock=f"{JOB}/{import_id}", import_id=import_id)


def forsaken(*, now: datetime) -> list[int]:
    """Deliveries of which files wait that nobody holds, and no job is under way or to come."""
    held = Q(leased_until__range=(now, latest_lease(now=now)))
    waiting = ImportFile.objects.filter(outcome=Outcome.WAITING).filter(
        Q(leased_until=None) | ~held
    )
    ids = set(waiting.order_by().values_list("delivery", flat=True).distinct())
    return sorted(ids - {int(each["import_id"]) for each in queue.live(JOB)})


def item_of(delivered: Delivered) -> Item:
    name, stream = delivered
    size = size_of(stream)
    return Item(name, size, stream.read() if size <= settings.IMPORT_MAX_FILE_BYTES else None)


def line_items(lines: Iterable[tuple[int, int, bytes | None]]) -> Iterator[Item]:
    """Lines of JSON, each a document: their number, size, and bytes unless they are too many."""
    reading = Choices(columns=OWN_COLUMNS).as_json()
    for number, size, data in lines:
        yield Item(f"documents.ndjson#{number}", size, data, reading)


_COLUMNS = {
    "delivery_id": "int8",
    "position": "int4",
    "name": "text",
    "size": "int8",
    "content": "bytea",
    "sha256": "text",
    "container_id": "int8",
    "reading": "jsonb",
    "attempts": "int2",
    "outcome": "text",
    "reason": "text",
    "finished_at": "timestamptz",
}


def keep(
    delivery: Import, items: Iterable[Item], *, now: datetime, container: int | None = None
) -> int:
    """Rows as they come, one at a time in memory. In a transaction; gives how many."""
    # Whoever else adds to it waits, so that positions are given once.
    Import.objects.select_for_update().get(pk=delivery.pk)
    last = delivery.files.aggregate(last=Max("position"))["last"]
    first = 0 if last is None else last + 1
    count = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal count
        for item in items:
            position = first + count
            count += 1
            refused = item.refused or refusal_of_size(item.size)
            yield (
                *(delivery.pk, position, clean_name(item.name), item.size),
                *(None if refused else item.data, fingerprint(item), container),
                *(Jsonb(item.reading), 0),
                *(Outcome.REFUSED if refused else Outcome.WAITING, refused),
                now if refused else None,
            )

    copy(ImportFile._meta.db_table, _COLUMNS, rows())
    return count


def fingerprint(item: Item) -> str:
    return hashlib.sha256(item.data).hexdigest() if item.data is not None else ""


def size_of(stream: Stream) -> int:
    """In bytes; the stream is left at its beginning."""
    size: int = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def refusal_of_size(size: int) -> str:
    """
    >>> refusal_of_size(10)
    ''
    """
    longest: int = settings.IMPORT_MAX_FILE_BYTES
    if size <= longest:
        return ""
    return TOO_BIG % {"size": f"{size:,}", "longest": f"{longest:,}"}


def progress_of(delivery: Import) -> Progress:
    return Progress(outcomes(delivery), cancelled=delivery.cancelled_at is not None)


def progress_of_each(deliveries: Sequence[Import]) -> dict[int, Progress]:
    """The same of several, by primary key, in one query."""
    counted: dict[int, dict[str, int]] = {each.pk: {} for each in deliveries}
    files = ImportFile.objects.filter(delivery__in=deliveries).order_by()
    for delivery, outcome, count in files.values_list("delivery", "outcome").annotate(
        count=Count("pk")
    ):
        counted[delivery][outcome] = count
    cancelled = {each.pk: each.cancelled_at is not None for each in deliveries}
    return {key: Progress(found, cancelled=cancelled[key]) for key, found in counted.items()}


def import_for(person: User, uuid: UUID) -> Import:
    """The delivery, for those who may import into its project."""
    delivery = Import.objects.select_related("project", "by").filter(uuid=uuid).first()
    if delivery is None:
        raise NotVisible
    require_of_found(person, Action.IMPORT, delivery.project)
    return delivery
