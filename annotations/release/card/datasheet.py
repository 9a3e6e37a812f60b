"""`DATASHEET.md`: what a datasheet for datasets asks and the data can answer. Pure.

After Gebru et al., Datasheets for Datasets (2021). What only people know (why it was made, who may
use it) is for the notes of a release.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from annotations.release.formats.contract import Codebook

from .words import agreement, counts, table, without_elements, words

WHY = {
    "waiting-for-coders": "coders had not submitted them all",
    "open-disputes": "disputes were open",
    "pilot": "only in rounds that do not reach gold",
    "taken-down": "taken down",
    "no-round": "in no round that was opened",
}


def datasheet(manifest: Mapping[str, Any], codebook: Codebook) -> str:
    """The whole file; `manifest` is of a release that states its files."""
    sections = {
        "Motivation": without_elements(manifest["notes"])
        or "Nothing is said in the notes of this release.",
        "Composition": _composition(manifest, codebook),
        "Collection": _collection(manifest),
        "Labelling": _labelling(manifest),
        "Reliability": agreement(manifest),
        "Distribution and maintenance": _distribution(manifest),
    }
    body = "\n\n".join(f"## {name}\n\n{text}" for name, text in sections.items())
    return f"# Datasheet: {words(manifest['project_name'])}, {manifest['version']}\n\n{body}\n"


def _composition(manifest: Mapping[str, Any], codebook: Codebook) -> str:
    return "\n\n".join(
        (
            f"{manifest['documents']} texts of {manifest['stories']} stories, cut into "
            f"{manifest['passages']} passages that coders were asked about; {manifest['spans']} "
            f"gold labels of {len(codebook.themes)} themes.",
            counts("Language", "Documents", manifest["documents_by_language"]),
            counts("Label", "Labels", manifest["spans_by_label"]),
            counts("Stance", "Labels", manifest["spans_by_stance"]),
            *_left_out(manifest),
        )
    )


def _left_out(manifest: Mapping[str, Any]) -> Iterator[str]:
    """What was not in when it was frozen, and why; older manifests do not say."""
    left = manifest.get("left_out")
    if left is None:
        return
    if not left:
        yield "No document of the project was left out."
        return
    rows = [(WHY.get(row["reason"], row["reason"]), row["documents"]) for row in left]
    total = sum(row["documents"] for row in left)
    yield (
        f"{total} documents of the project are not in; the manifest names them under `left_out`, "
        f"at most 500 for each reason:\n\n{table(('Why not', 'Documents'), rows)}"
    )


def _collection(manifest: Mapping[str, Any]) -> str:
    return (
        "Each text comes from one file, whose SHA-256 is `raw_sha256`; every change on the way "
        "from its bytes to the text is recorded and can be replayed. Documents that nobody has "
        "settled, or that were taken down, are not in."
    )


def _labelling(manifest: Mapping[str, Any]) -> str:
    rounds = table(
        ("Round", "Kind", "Edition", "Coders a document", "Seed", "Share checked"),
        (
            [each[key] for key in ("name", "kind", "edition", "slots", "seed", "checked_share")]
            for each in manifest["batches"]
        ),
    )
    overlap = manifest["parameters"]["unanimous_overlap"]
    return "\n\n".join(
        (
            f"{manifest['coders']} people coded, each on their own, under pseudonyms. A label is "
            f"gold by rule where all coders of the document give the same theme, stance and kind "
            f"of holder and their boundaries overlap by at least {overlap} (IoU); everything else "
            "was ruled on.",
            counts("Origin", "Labels", manifest["spans_by_origin"]),
            rounds,
            _checked(manifest),
        )
    )


def _checked(manifest: Mapping[str, Any]) -> str:
    rows = [
        (kind, row["drawn"], row["checked"], row["overturned"], _share(manifest, kind))
        for kind, row in sorted(manifest["checks"].items())
    ]
    told = "Of what coders agreed on, a sample was looked at all the same:"
    head = ("Agreed", "Drawn", "Checked", "Overturned", "Share overturned")
    return f"{told}\n\n{table(head, rows)}"


def _share(manifest: Mapping[str, Any], kind: str) -> str:
    share = manifest["share_overturned"][kind]
    return "n/a" if share is None else f"{share:.3f}"


def _distribution(manifest: Mapping[str, Any]) -> str:
    software = manifest["software"]
    return (
        f"Release {manifest['version']}, frozen on {manifest['released_at']} with "
        f"{software['name']} {software['version']}, schema {manifest['schema_version']}. It is "
        f"never changed; the SHA-256 of `documents.jsonl`, `{manifest['sha256']}`, is its "
        "identity. What is corrected later is in a later release."
    )
