"""Examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = (
    *("text.spans", "text.offsets", "text.offset_map", "text.wellformed", "text.folding"),
    *(
        "corpus.texts.decoding",
        "corpus.passages.splitting",
        "corpus.passages.mending",
        "corpus.passages.scripts",
    ),
    *(
        "corpus.passages.languages",
        "corpus.passages.zoning",
        "corpus.readers.drafting",
        "corpus.readers.sources",
    ),
    *(
        "corpus.texts.likelihood",
        "corpus.texts.side_by_side",
        "corpus.texts.substituting",
        "corpus.texts.repairs",
    ),
    *(
        "corpus.texts.mojibake.units",
        "corpus.texts.mojibake.evidence",
        "corpus.readers.cautions",
        "corpus.choices",
    ),
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_give_what_they_say(name: str) -> None:
    outcome = doctest.testmod(import_module(f"annotations.{name}"))
    assert outcome.attempted > 0
    assert outcome.failed == 0
