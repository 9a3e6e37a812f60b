"""The formats that a release is written in, by the name of their file. Pure.

A writer goes from the rows of a release and its codebook to named files, one document in memory at
a time; the same release gives the same bytes. What needs a large library loads it when it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotations.text.phrases import Phrase, phrase

from . import (
    brat,
    cas,
    conll,
    doccano,
    label_studio,
    parquet,
    prodigy,
    refi_qda,
    spacy_docs,
    spans_csv,
    spans_jsonl,
    tei,
    web_annotation,
)
from .contract import Codebook, Documents, Format, Member, Unit, Writer

PARQUET = "application/vnd.apache.parquet"
_Plain = Callable[[Documents, Codebook], Iterator[Member]]


def _without_options(write: _Plain) -> Writer:
    return lambda documents, codebook, _options: write(documents, codebook)


def _zip(name: str, title: str, unit: Unit, write: _Plain, loses: Phrase) -> Format:
    return Format(name, title, "zip", "application/zip", unit, loses, _without_options(write))


_ALL = (
    Format(
        name="spans",
        title="JSON Lines",
        extension="jsonl",
        media_type="application/x-ndjson",
        unit="codepoint",
        loses=phrase("The texts, and documents without a label."),
        write=spans_jsonl.write,
        takes=frozenset({"offsets"}),
    ),
    Format(
        name="spans",
        title="CSV",
        extension="csv",
        media_type="text/csv; charset=utf-8",
        unit="codepoint",
        loses=phrase(
            "The texts, documents without a label, and whether a field is empty or not said."
        ),
        write=spans_csv.write,
        takes=frozenset({"offsets", "formulas", "bom"}),
    ),
    Format(
        name="spans",
        title="Parquet",
        extension="parquet",
        media_type=PARQUET,
        unit="codepoint",
        loses=phrase("The texts, and documents without a label."),
        write=parquet.write_spans,
        takes=frozenset({"offsets"}),
    ),
    Format(
        name="documents",
        title="Parquet",
        extension="parquet",
        media_type=PARQUET,
        unit="codepoint",
        loses=phrase("Nothing."),
        write=_without_options(parquet.write_documents),
    ),
    _zip(
        "brat",
        "brat standoff",
        "codepoint",
        brat.write,
        phrase("Attributes of the documents, zones, and what is unjudged."),
    ),
    _zip(
        "label-studio",
        "Label Studio",
        "codepoint",
        label_studio.write,
        phrase("Attributes of the documents, zones, and what is unjudged."),
    ),
    _zip(
        "doccano",
        "doccano",
        "codepoint",
        doccano.write,
        phrase(
            "Holders, votes and reasons, attributes, zones, what is unjudged; "
            "stances become labels of their own."
        ),
    ),
    _zip(
        "prodigy",
        "Prodigy",
        "token",
        prodigy.write,
        phrase(
            "Attributes of the documents, and all text that is boilerplate, not coded or unjudged."
        ),
    ),
    _zip(
        "conll",
        "CoNLL-2003",
        "token",
        conll.write,
        phrase(
            "Offsets, stances, holders and votes, white space, all text that is boilerplate, not coded "
            "or unjudged; of labels of one theme that overlap only the first is kept."
        ),
    ),
    _zip(
        "web-annotation",
        "W3C Web Annotation",
        "codepoint",
        web_annotation.write,
        phrase(
            "Votes and origin of a label, attributes of the documents, zones, and what is unjudged."
        ),
    ),
    _zip(
        "tei",
        "TEI P5",
        "codepoint",
        tei.write,
        phrase("Zones, what is unjudged, and colours of themes."),
    ),
    Format(
        name="refi-qda",
        title="REFI-QDA",
        extension="qdpx",
        media_type="application/zip",
        unit="codepoint",
        loses=phrase("Attributes of the documents, zones, and what is unjudged."),
        write=_without_options(refi_qda.write),
    ),
    _zip(
        "cas-json",
        "UIMA CAS (JSON)",
        "utf16",
        cas.write_json,
        phrase("Attributes of the documents."),
    ),
    _zip(
        "cas-xmi",
        "UIMA CAS (XMI)",
        "utf16",
        cas.write_xmi,
        phrase("Attributes of the documents."),
    ),
    Format(
        name="spacy",
        title="spaCy DocBin",
        extension="zip",
        media_type="application/zip",
        unit="token",
        loses=phrase(
            "Holders, votes and reasons, attributes of the documents, and all text that is "
            "boilerplate, not coded or unjudged."
        ),
        write=_without_options(spacy_docs.write),
        needs="spacy",
    ),
)

FORMATS = {each.file: each for each in _ALL}
"""By file name, such as `spans.csv` or `brat.zip`, in the order in which people are shown them."""
