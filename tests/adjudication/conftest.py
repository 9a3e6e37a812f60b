"""Two coders who agree on pay and not on nights."""

from __future__ import annotations

import pytest

from annotations.adjudication.cases import Case, case_of
from annotations.corpus.models import Document
from tests import cast as made
from tests.adjudication import makers
from tests.cast import Cast


@pytest.fixture
def document(cast: Cast) -> Document:
    """Coded by ada and ben, submitted by both."""
    row = makers.document(cast.project)
    batch = made.batch(cast.project, cast.edition, [row])
    makers.coded(
        batch,
        row,
        {
            cast.coder(cast.ada): [makers.NIGHTS, makers.PAY],
            cast.coder(cast.ben): [makers.LATE, makers.PAY],
        },
    )
    return row


@pytest.fixture
def case(document: Document) -> Case:
    return the_case(document)


def the_case(document: Document) -> Case:
    found = case_of(document)
    assert found is not None
    return found
