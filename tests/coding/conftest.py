"""A text for lines of annotations to speak of."""

from __future__ import annotations

import pytest

from annotations.corpus.models import Document
from tests.cast import Cast, document
from tests.coding.lines import TEXT


@pytest.fixture
def text(cast: Cast) -> Document:
    return document(cast.project, TEXT)
