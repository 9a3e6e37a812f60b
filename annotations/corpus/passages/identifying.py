"""The model of py3langid, asked about several texts at once.

It is naive Bayes over sequences of bytes, which an automaton finds one byte after another. The same
words come again and again: what is found in a word, and where the automaton stands behind it, is
remembered, so that most words cost one look-up; what all texts together hold is counted in one go.
The answers are those of `LanguageIdentifier`.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

# Words take some 300 bytes each; a longer one hardly comes again.
_REMEMBERED = 1 << 14
_LONGEST_WORD = 30
# A feature's number has 32 bits; which text it is of stands above them.
_SIZE, _SHIFT = 4, 32
_FEATURE = (1 << _SHIFT) - 1


def identified(texts: Sequence[str], candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """For each text the likeliest of these languages, and its probability.

    >>> [name for name, _ in identified(["Le prix est élevé.", "The price is high."], ("en", "fr"))]
    ['fr', 'en']
    """
    if not texts:
        return []
    import numpy as np

    columns = _columns(candidates)
    bytes_of = [_encoded(text) for text in texts]
    scores = _scores(bytes_of, columns)
    # By the square root of the length, probabilities of short and long texts mean the same.
    scores /= np.sqrt([[len(each) or 1] for each in bytes_of], dtype=np.float32)
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    for first, other in columns.same:
        likely[:, first] += likely[:, other]
        likely[:, other] = 0
    best = likely.argmax(axis=1)
    return [(columns.names[at], float(row[at])) for at, row in zip(best, likely, strict=True)]


class _Columns(NamedTuple):
    """What the model says of some languages: features × languages; `same` are pairs of one name."""

    names: list[str]
    table: Numbers
    prior: Numbers
    same: list[tuple[int, int]]


def _scores(texts: Sequence[bytes], columns: _Columns) -> Numbers:
    """Texts × languages: of each feature the logarithm of how often it is there, weighed and added."""
    import numpy as np

    automaton = _automaton()
    found = [automaton.features(text) for text in texts]
    sizes = np.array([len(each) for each in found]) // _SIZE
    # Sorted by text and feature, equal ones stand together.
    features = np.frombuffer(b"".join(found), dtype=np.int32).astype(np.int64)
    features += np.repeat(np.arange(len(texts)) << _SHIFT, sizes)
    features.sort()
    firsts = np.flatnonzero(np.diff(features, prepend=-1))
    often = np.diff(firsts, append=len(features))
    kinds = features[firsts]
    weighed = columns.table[kinds & _FEATURE]
    weighed *= np.log1p(often, dtype=np.float32)[:, None]
    scores = np.zeros((len(texts), len(columns.names)), dtype=np.float32)
    # Where nothing is found no language is likelier than another.
    told = np.flatnonzero(sizes)
    if len(told):
        starts = np.searchsorted(kinds, told << _SHIFT)
        scores[told] = np.add.reduceat(weighed, starts, axis=0) + columns.prior
    return scores


def _encoded(text: str) -> bytes:
    """As the model was trained: shouting says nothing about a language."""
    small = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", small).encode(errors="surrogatepass")


# The state behind some bytes, and the features found in them, as numbers of 32 bits.
_Walk = tuple[int, bytes]
_Walks = dict[tuple[int, bytes], _Walk]


class _Automaton:
    """Finds features in bytes."""

    def __init__(self, model: Any) -> None:
        self._next: Sequence[int] = model.tk_nextmove
        self._rows = [row << 8 for row in model.tk_row]
        self._found: Sequence[int] = model.tk_output
        # With the space behind the word, and without at the end of a text.
        self._known: _Walks = {}
        self._last: _Walks = {}

    def features(self, data: bytes) -> bytes:
        """The number of each feature, as often as it is in the bytes."""
        state = 0
        found: list[bytes] = []
        known = self._known
        *words, last = data.split(b" ")
        for word in words:
            state, inside = known.get((state, word)) or self._met(state, word, known)
            found.append(inside)
        found.append((self._last.get((state, last)) or self._met(state, last, self._last))[1])
        return b"".join(found)

    def _met(self, state: int, word: bytes, known: _Walks) -> _Walk:
        walk = self._walked(state, word + b" " if known is self._known else word)
        if len(word) <= _LONGEST_WORD:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[state, word] = walk
        return walk

    def _walked(self, state: int, data: bytes) -> _Walk:
        rows, following, features = self._rows, self._next, self._found
        found = array("i")
        for byte in data:
            state = following[rows[state] + byte]
            if (feature := features[state]) >= 0:
                found.append(feature)
        return state, found.tobytes()


@cache
def _columns(candidates: tuple[str, ...]) -> _Columns:
    import numpy as np

    model = _model()
    places = [at for at, name in enumerate(model.nb_classes) if name in candidates]
    names = [model.nb_classes[at] for at in places]
    same = [(names.index(name), at) for at, name in enumerate(names) if names.index(name) < at]
    table = np.ascontiguousarray(model.nb_ptc[:, places], dtype=np.float32)
    return _Columns(names, table, model.nb_pc[places], same)


@cache
def _automaton() -> _Automaton:
    return _Automaton(_model())


@cache
def _model() -> Any:
    # Loading takes seconds and 127 MB: once, and never at import.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
