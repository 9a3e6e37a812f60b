"""More files of a delivery: the rest of a sending that broke off, or what had given up its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from annotations.corpus.deliveries.cancelling import given_up
from annotations.corpus.deliveries.delivering import Item, ask_to_read, fingerprint, keep
from annotations.corpus.deliveries.file_names import clean_name
from annotations.corpus.models import Import, ImportFile, Outcome
from annotations.project.access import Action, require
from annotations.project.models import User

Known = tuple[str, int, str]


@transaction.atomic
def add(delivery: Import, items: Iterable[Item], *, by: User, now: datetime) -> int:
    """More files of the same delivery; those that it has already (name, size, bytes) are not kept
    again, so that a sending that broke off can be repeated. Gives how many are new.

    A file that had given up its bytes is kept again, and is listed once.
    """
    require(by, Action.IMPORT, delivery.project)
    sent = delivery.files.filter(container=None)
    gone = {_known(file): file for file in sent.filter(given_up(delivery)).defer("content")}
    known = set(sent.values_list("name", "size", "sha256").iterator()) - gone.keys()
    again: list[ImportFile] = []

    def new() -> Iterator[Item]:
        for item in items:
            key = (clean_name(item.name), item.size, fingerprint(item))
            if key not in known:
                if key in gone:
                    again.append(gone.pop(key))
                    known.add(key)
                yield item

    count = keep(delivery, new(), now=now)
    _replaced(again)
    if count:
        Import.objects.filter(pk=delivery.pk).update(cancelled_at=None)
        ask_to_read(delivery.pk)
    return count


def _known(file: ImportFile) -> Known:
    return file.name, file.size, file.sha256


def _replaced(again: Iterable[ImportFile]) -> None:
    """What was read out of an archive before it was cancelled keeps its row."""
    for file in again:
        file.pieces.filter(outcome=Outcome.CANCELLED, content=None).delete()
        if file.outcome == Outcome.CANCELLED:
            file.delete()
