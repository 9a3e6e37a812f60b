"""What is not looked at could not have been the best: told by counting, held against looking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus.texts.mojibake.evidence import evidence_of
from annotations.corpus.texts.mojibake.sifting import suspects
from annotations.corpus.texts.mojibake.tables import ENCODINGS
from annotations.corpus.texts.mojibake.units import misreading

PIECES = [*"éÉ’…«»—œßñàй研究가\u00a0\u0301\x85™ÃÂâ€\ufffd(\"' aS"]
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def misread(text: str, name: str) -> str:
    return text.encode().decode(name, "replace")


@given(st.lists(st.tuples(WRITTEN, st.sampled_from(ENCODINGS), st.booleans()), min_size=1))
def test_no_more_speaks_for_an_encoding_than_was_counted(
    lines: list[tuple[str, str, bool]],
) -> None:
    seen = [misread(line, name) if wrong else line for line, name, wrong in lines]
    found = suspects(seen)
    for name in ENCODINGS:
        under = [(line, misreading(name).units_of(line)) for line in seen]
        score = sum(max(evidence_of(line, units).score, 0) for line, units in under)
        assert score <= found.may_have(name)


@given(WRITTEN, st.sampled_from(ENCODINGS))
def test_what_looks_alike_under_two_encodings_is_looked_at_once(text: str, name: str) -> None:
    line = misread(text, name)
    for each, first in suspects([line]).alike(ENCODINGS).items():
        assert misreading(each).units_of(line) == misreading(first).units_of(line)


def test_french_read_as_one_latin_looks_as_if_read_as_another() -> None:
    first = suspects([misread("été", "Windows-1252")]).alike(ENCODINGS)
    assert first["ISO-8859-15"] == "ISO-8859-1"
