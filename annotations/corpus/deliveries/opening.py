"""A container is opened: its pieces become files of its delivery, all at once or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import transaction

from annotations.corpus.deliveries.claiming import Claimed, Taken, ask, finish, still_ours
from annotations.corpus.deliveries.delivering import Item, keep
from annotations.corpus.deliveries.pieces import Piece, Preview
from annotations.corpus.deliveries.reading_child import Asked, Process
from annotations.corpus.deliveries.unpacking import kind_of
from annotations.corpus.models import Import, Outcome


def is_container(file: Claimed) -> bool:
    return bool(kind_of(file.name, file.data[:8]))


def unpack(file: Claimed, *, of: Import, now: datetime) -> None:
    """Its pieces wait then, and it is unpacked; or it is asked about, with a preview.

    Raises `Unreadable`, and `Gone` when the process that opened it ended over it. The pieces are
    held in a file meanwhile, so that nobody who adds to the delivery waits for the reader.
    """
    child = Process()
    try:
        with TemporaryFile() as spool:
            kept: list[tuple[Piece, int]] = []
            asked = Asked(0, file.name, file.data, file.reading)
            longest = settings.IMPORT_MAX_FILE_BYTES
            for each in child.unpack(asked, longest=longest, inside=file.container is not None):
                if isinstance(each, Preview):
                    ask(file, {**file.reading, "preview": each.said})
                    return
                kept.append((_bare(each), spool.tell()))
                spool.write(each.data)
            _settle(file, _items(kept, spool), of=of, now=now)
    finally:
        child.kill()


def _bare(piece: Piece) -> Piece:
    return Piece(piece.name, b"", piece.size, piece.reading, piece.refused)


def _items(kept: list[tuple[Piece, int]], spool: IO[bytes]) -> Iterator[Item]:
    for piece, at in kept:
        spool.seek(at)
        data = None if piece.refused else spool.read(piece.size)
        yield Item(piece.name, piece.size, data, piece.reading, piece.refused)


@transaction.atomic
def _settle(file: Claimed, items: Iterator[Item], *, of: Import, now: datetime) -> None:
    if still_ours([file]):
        keep(of, items, now=now, container=file.pk)
        finish([(file, Taken(Outcome.UNPACKED))], now=now)
