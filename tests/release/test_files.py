"""A release in a format as a file: built once, whole or not there, the same for everybody."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from annotations.codebook.models import StanceValue, Theme
from annotations.corpus.models import Source
from annotations.project.refusals import NotNow
from annotations.release import files
from annotations.release.cache import releases_folder
from annotations.release.codebooks import EIGHT, TWELVE, codebook_of, english
from annotations.release.files import Asked, kept_file
from annotations.release.formats import FORMATS
from annotations.release.models import Release
from tests.release.bytes_gone import lose_bytes
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze

ROOT = Path(__file__).parents[2]


def rows(release: Release, **asked: Any) -> list[dict[str, str]]:
    text = kept_file(release, FORMATS["spans.csv"], Asked(**asked)).path.read_text()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_every_format_is_built_from_a_real_release_once(corpus: Corpus) -> None:
    release = freeze(corpus)
    for file, chosen in FORMATS.items():
        kept = kept_file(release, chosen)
        data = kept.path.read_bytes()
        assert (kept.size, kept.sha256) == (len(data), sha256(data).hexdigest()), file
        before = kept.path.stat()
        assert kept_file(release, chosen) == kept
        assert kept.path.stat() == before


def test_whoever_asks_the_bytes_are_the_same(corpus: Corpus) -> None:
    release = freeze(corpus)
    hashes = set()
    for language in ("en", "fr"):
        with override(language):
            kept = kept_file(release, FORMATS["tei.zip"])
        hashes.add(kept.sha256)
        kept.path.unlink()
    assert len(hashes) == 1


def test_a_file_that_lost_its_end_is_built_again(corpus: Corpus) -> None:
    release = freeze(corpus)
    kept = kept_file(release, FORMATS["spans.csv"])
    kept.path.write_bytes(kept.path.read_bytes()[:-1])
    again = kept_file(release, FORMATS["spans.csv"])
    assert again == kept
    assert again.path.stat().st_size == kept.size


KILLED = """
import os, signal, sys
from pathlib import Path
from annotations.release.cache import Place
from annotations.release.formats.contract import Member
from annotations.release.formats.packing import pack

def pieces():
    yield b"x" * 100_000
    os.kill(os.getpid(), signal.SIGKILL)

members = [Member("first", [b"whole"]), Member("second", pieces())]
Place(Path(sys.argv[1]), "spans.csv.codepoint").kept(lambda part: pack(members, part))
"""


def test_a_server_that_is_killed_leaves_nothing_that_looks_whole(corpus: Corpus) -> None:
    release = freeze(corpus)
    folder = releases_folder() / f"{release.sha256}-{files._writers()}"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, timeout=300)
    assert ended.returncode == -9
    assert sorted(path.suffix for path in folder.iterdir()) == [".lock", ".part"]
    kept = kept_file(release, FORMATS["spans.csv"])
    assert sha256(kept.path.read_bytes()).hexdigest() == kept.sha256
    assert sorted(path.name for path in folder.iterdir()) == [
        kept.path.name,
        "spans.csv.codepoint.lock",
    ]


def test_a_build_that_fails_leaves_nothing(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    release = freeze(corpus)
    lose_bytes()
    with pytest.raises(NotNow):
        kept_file(release, FORMATS["spans.csv"], Asked(offsets="byte"))
    folder = releases_folder() / f"{release.sha256}-{files._writers()}"
    assert not folder.exists() or not [*folder.glob("*.part"), *folder.glob("*.byte.*.*")]


def test_on_request_offsets_are_bytes_of_the_file_that_came_in(corpus: Corpus) -> None:
    release = freeze(corpus)
    sources = {each.sha256: bytes(each.content or b"") for each in Source.objects.all()}
    found = rows(release, offsets="byte")
    assert len(found) == release.spans_total
    for row in found:
        cut = sources[row["raw_sha256"]][int(row["start"]) : int(row["end"])]
        assert cut.decode() == row["quote"]
        assert row["offset_unit"] == "byte"
    assert found != rows(release)


def test_a_library_that_is_missing_is_said(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    release = freeze(corpus)
    monkeypatch.setitem(sys.modules, "spacy", None)
    monkeypatch.setattr("annotations.release.formats.contract.find_spec", lambda name: None)
    with pytest.raises(NotNow, match="spacy is not installed"):
        kept_file(release, FORMATS["spacy.zip"])


def test_the_codebook_is_that_of_the_release_in_english(corpus: Corpus) -> None:
    release = freeze(corpus)
    edition = corpus.cast.edition
    codebook = codebook_of(release)
    keys = Theme.objects.filter(edition=edition).order_by("order", "pk")
    assert [theme.key for theme in codebook.themes] == [theme.key for theme in keys]
    assert [theme.name for theme in codebook.themes] == [english(theme.name) for theme in keys]
    stances = StanceValue.objects.filter(edition=edition).order_by("order", "pk")
    assert [stance.key for stance in codebook.stances] == [stance.key for stance in stances]


def test_english_comes_first_then_any_other() -> None:
    assert english({"fr": "Paie", "en": "Pay"}) == "Pay"
    assert english({"it": "Paga", "fr": "Paie", "en": ""}) == "Paie"
    assert english({}) == english(None) == ""


def test_the_colours_are_those_of_the_pages() -> None:
    tokens = (ROOT / "annotations/static/annotations/css/tokens.css").read_text()
    light = re.findall(r"--t\d+: light-dark\((#[0-9a-f]{6})", tokens)
    assert tuple(light[:8]) == EIGHT
    assert tuple(light[12:]) == TWELVE
