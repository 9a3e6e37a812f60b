"""What holds for every format: the same bytes each time, one document at a time, nothing unsaid."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from annotations.corpus.models import CODED_ZONES
from annotations.release.formats import FORMATS
from annotations.release.formats.contract import PLAIN, UnknownKey
from annotations.release.formats.stretches import CODED
from annotations.release.schema import DocumentRow

from .reading import written
from .samples import CODEBOOK, DOCUMENTS, document, span

ROOT = Path(__file__).parents[3]
PACKED = [name for name, each in FORMATS.items() if each.packed]


@pytest.mark.parametrize("file", FORMATS)
def test_written_twice_it_is_the_same(file: str) -> None:
    assert written(file) == written(file)


def test_another_process_writes_the_same() -> None:
    """Sets of strings have another order in each process."""
    program = (
        "from hashlib import sha256; from tests.release.formats.reading import written, FORMATS\n"
        "for file in FORMATS: print(file, sha256(written(file)).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=300,
    ).stdout  # fmt: skip
    here = [f"{file} {sha256(written(file)).hexdigest()}" for file in FORMATS]
    assert told.splitlines() == here


@pytest.mark.parametrize("file", FORMATS)
def test_a_release_of_nothing_coded_is_written(file: str) -> None:
    assert written(file, DOCUMENTS[2:]) or file == "spans.jsonl"


class Counted:
    """Documents of which it is known how far they were read."""

    def __init__(self, size: int) -> None:
        self.size, self.read = size, 0

    def __iter__(self) -> Iterator[DocumentRow]:
        for number in range(self.size):
            self.read += 1
            made = document(number + 1, "Pay is secret.")
            yield DocumentRow(
                **{name: getattr(made, name) for name in made.__slots__ if name != "spans"},
                spans=(span(made.id, 1, (0, 3), made.text),),
            )


@pytest.mark.parametrize("file", FORMATS)
def test_bytes_come_before_all_documents_are_read(file: str) -> None:
    documents = Counted(6000)
    for member in FORMATS[file].write(documents, CODEBOOK, PLAIN):
        if any(documents.read and piece for piece in member.pieces):
            break
    assert 0 < documents.read < 6000


@pytest.mark.parametrize("file", PACKED)
@pytest.mark.parametrize("changes", [{"label": "gone"}, {"stance": "gone"}])
def test_a_span_that_the_codebook_does_not_know_is_not_left_out(
    file: str, changes: dict[str, str]
) -> None:
    made = document(1, "Pay is secret.")
    broken = span(made.id, 1, (0, 3), made.text, **changes)
    spoilt = DocumentRow(
        **{name: getattr(made, name) for name in made.__slots__ if name != "spans"},
        spans=(broken,),
    )
    with pytest.raises(UnknownKey):
        written(file, (spoilt,))


def test_the_zones_that_are_coded_are_those_of_the_corpus() -> None:
    assert {zone.value for zone in CODED_ZONES} == CODED
