"""`README.md` of a release: a Hugging Face dataset card. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any

from annotations.release.formats.contract import Codebook

from . import features
from .words import agreement, counts, table, without_elements, words

SHAPES = {
    "documents": features.of_documents,
    "passages": features.of_passages,
    "annotations": features.of_annotations,
}
SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)


def dataset_card(manifest: Mapping[str, Any], codebook: Codebook) -> str:
    """The whole file; `manifest` is of a release that states its files."""
    parts = [
        f"# {words(manifest['project_name'])}, {manifest['version']}",
        _summary(manifest),
        "## Files",
        _files(manifest),
        "## Labels",
        _labels(manifest, codebook),
        counts("Stance", "Labels", manifest["spans_by_stance"]),
        "## Agreement",
        agreement(manifest),
    ]
    if manifest["documents_by_split"]:
        parts += ["## Splits", _splits(manifest)]
    if manifest["notes"]:
        parts += ["## Notes", without_elements(manifest["notes"])]
    body = "\n\n".join(part for part in parts if part)
    front = "\n".join(_front(manifest))
    return f"---\n{front}\n---\n\n{body}\n"


def _front(manifest: Mapping[str, Any]) -> Iterator[str]:
    yield f"pretty_name: {dumps(manifest['project_name'], ensure_ascii=False)}"
    known = [code for code in manifest["documents_by_language"] if code != "und"]
    if known:
        yield "language:"
        yield from (f"- {dumps(code)}" for code in known)
    yield "annotations_creators:\n- expert-generated"
    yield "task_categories:\n- token-classification\n- text-classification"
    yield f"size_categories:\n- {_size(manifest['documents'])}"
    yield "configs:"
    for name in SHAPES:
        yield f"- config_name: {name}\n  data_files: {name}.jsonl"
        if name == "documents":
            yield "  default: true"
    yield "dataset_info:"
    for name, made in SHAPES.items():
        yield f"- config_name: {name}\n  features:"
        for each in made():
            yield from features.yaml(each, "  ")


def _size(documents: int) -> str:
    return next((name for below, name in SIZES if documents < below), "n>10M")


def _summary(manifest: Mapping[str, Any]) -> str:
    return (
        f"{manifest['documents']} documents of {manifest['stories']} stories, "
        f"{manifest['passages']} passages, {manifest['spans']} gold labels of "
        f"{manifest['coders']} coders. Frozen on {manifest['released_at'][:10]}; the SHA-256 of "
        f"`documents.jsonl` is `{manifest['sha256']}`.\n\n"
        "Offsets are Unicode code points, half-open, into `text`. What a passage is not marked "
        "with is a negative only where people judged it: `present` is `false` there, and `null` "
        "where nothing may be concluded."
    )


def _files(manifest: Mapping[str, Any]) -> str:
    rows = [
        (f"`{name}`", each["rows"], f"`{each['sha256']}`")
        for name, each in sorted(manifest["files"].items())
    ]
    return table(("File", "Rows", "SHA-256"), rows)


def _labels(manifest: Mapping[str, Any], codebook: Codebook) -> str:
    found = manifest["spans_by_label"]
    rows = [
        (f"`{theme.key}`", theme.name, theme.proposition, found.get(theme.key, 0))
        for theme in codebook.themes
    ]
    return table(("Label", "Name", "Proposition", "Labels"), rows)


def _splits(manifest: Mapping[str, Any]) -> str:
    told = "By story, so that no copy of a text is in two splits; a story stays where it is first."
    return f"{told}\n\n{counts('Split', 'Documents', manifest['documents_by_split'])}"
