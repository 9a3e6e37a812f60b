"""The same release gives the same bytes: in every format, whoever asks, and wherever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from annotations.release.bundling import BUNDLE
from annotations.release.formats import FORMATS
from annotations.release.serving import DOCUMENTS
from annotations.release.shapes import SHAPES
from annotations.release.wanting import UNITS
from tests.databases import address
from tests.release.conftest import Corpus
from tests.release.test_freezing import freeze
from tests.servers import ROOT

# Prints every file, as it can be asked for, with the SHA-256 of what is built of it.
PROGRAM = """
import locale, os, sys, time
import django
django.setup()
from django.utils import timezone, translation
from annotations.release.bundling import BUNDLE
from annotations.release.choosing import wanted
from annotations.release.formats import FORMATS
from annotations.release.models import Release
from annotations.release.serving import DOCUMENTS
from annotations.release.shapes import SHAPES
from annotations.release.wanting import UNITS, Asked

locale.setlocale(locale.LC_ALL, os.environ["LC_ALL"])
translation.activate(sys.argv[1])
timezone.activate(os.environ["TZ"])
release = Release.objects.get()
every = {**FORMATS, **SHAPES}
for file in (DOCUMENTS, BUNDLE, *every):
    takes = every[file].takes if file in every else ()
    for offsets in UNITS if "offsets" in takes else UNITS[:1]:
        for safe in (False, True)[: 1 + ("formulas" in takes)]:
            for bom in (False, True)[: 1 + ("bom" in takes)]:
                asked = Asked(offsets, safe, bom)
                found = wanted(release, file, asked)
                print(file, asked.name, found.etag, found.kept().sha256)
"""
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "77"}


def told(data: Path, database: str, language: str, surroundings: dict[str, str]) -> list[str]:
    environment = {
        **os.environ,
        **surroundings,
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
        "DATABASE_URL": database,
        "WORKBENCH_DATA": str(data),
        "WORKBENCH_TIME_ZONE": surroundings["TZ"],
    }
    command = [sys.executable, "-c", PROGRAM, language]
    made = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600
    )
    assert made.returncode == 0, made.stderr
    return made.stdout.splitlines()


def test_two_who_build_it_far_apart_have_the_same_bytes(
    corpus: Corpus, own_database: str, tmp_path: Path
) -> None:
    freeze(corpus)
    database = address(own_database)
    here = told(tmp_path / "here", database, "en", HERE)
    there = told(tmp_path / "there", database, "fr", THERE)
    assert here == there
    assert {line.split()[0] for line in here} == {DOCUMENTS, BUNDLE, *FORMATS, *SHAPES}
    assert sum("spans.csv" in line for line in here) == len(UNITS) * 4
