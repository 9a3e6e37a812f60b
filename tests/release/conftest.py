"""A corpus of two documents, one settled by rule and one by cleo, in a database of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from annotations.adjudication.models import Decision
from annotations.adjudication.ruling import rule
from annotations.adjudication.verdicts import Verdict
from annotations.corpus.models import Document
from tests import cast as made
from tests.adjudication import makers
from tests.adjudication.conftest import the_case
from tests.cast import NOW, Cast


@dataclass
class Corpus:
    cast: Cast
    agreed: Document
    ruled: Document


@pytest.fixture
def corpus(live_cast: Cast, settings: Any, tmp_path: Path) -> Corpus:
    settings.DATA_DIR = tmp_path
    cast = live_cast
    agreed = makers.document(
        cast.project, "Pay\u2028 is a « secret ».\n😀 Nobody minds.", title="S"
    )
    ruled = makers.document(cast.project, title="Nights")
    batch = made.batch(cast.project, cast.edition, [agreed, ruled])
    ada, ben = cast.coder(cast.ada), cast.coder(cast.ben)
    secret = ("is a « secret ».", "secrecy", "against")
    makers.coded(batch, agreed, {ada: [secret], ben: [secret]})
    makers.coded(batch, ruled, {ada: [makers.NIGHTS, makers.PAY], ben: [makers.LATE, makers.PAY]})
    settle(ruled, cast)
    return Corpus(cast, agreed, ruled)


def settle(document: Document, cast: Cast, *, decision: str = "accept") -> None:
    """Every open dispute in the same way."""
    for _ in the_case(document).open_disputes:
        case = the_case(document)
        verdict = Verdict(Decision(decision), dispute=case.open_disputes[0].key, clause="unit")
        rule(document, verdict, by=cast.cleo, operation=uuid4(), base=case.version, now=NOW)
