"""The manifest: what a release holds, what it rests on, and the hashes of its files."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from annotations.adjudication.cases import Case
from annotations.adjudication.checking import Kind, Tally, checks
from annotations.adjudication.disputes import UNANIMOUS_OVERLAP
from annotations.agreement.report_json import of_report
from annotations.agreement.reports import report
from annotations.codebook.models import Edition

from .models import Release
from .schema import DocumentRow
from .splitting import Placed, Shares

BASE = Path(__file__).resolve().parents[2]
OF_AGREEMENT = ("edition", "documents", "documents_compared", "coders", "passages", "intervals")
OF_THEME = ("theme", "alpha", "percent_agreement", "positive_agreement", "prevalence")
OF_STANCE = ("passages", "alpha_nominal", "alpha_ordinal")


class Digest:
    """The size and SHA-256 of a file that is not kept."""

    def __init__(self) -> None:
        self._hash, self._size = sha256(), 0

    def add(self, piece: bytes) -> None:
        """The next bytes."""
        self._hash.update(piece)
        self._size += len(piece)

    @property
    def said(self) -> dict[str, Any]:
        """As the manifest has it."""
        return {"sha256": self._hash.hexdigest(), "size": self._size}


class Counts:
    """Counts what goes into a release."""

    def __init__(self) -> None:
        self.documents = 0
        self.passages = 0
        self.labels: Counter[str] = Counter()
        self.stances: Counter[str] = Counter()
        self.origins: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.splits: Counter[str] = Counter()
        self.coders: set[int] = set()
        self.stories: set[str] = set()
        self.batches: dict[str, dict[str, Any]] = {}
        self.checked: dict[Kind, Tally] = {"unanimous": Tally(), "untagged": Tally()}

    def add_case(self, case: Case) -> None:
        """What its line does not say."""
        batch = case.item.batch
        self.coders.update(snapshot.coder_id for snapshot in case.snapshots)
        self.batches[str(batch.uuid)] = {
            "id": str(batch.uuid),
            "name": batch.name,
            "kind": batch.kind,
            "edition": batch.edition.number,
            "slots": batch.slots,
            "seed": batch.seed,
            "checked_share": batch.checked_share,
        }
        for check in checks(case):
            row = self.checked[check.kind]
            row.drawn += 1
            row.checked += check.result != "open"
            row.overturned += check.result == "overturned"

    def add_row(self, row: DocumentRow, *, passages: int) -> None:
        """A line, and how many passages of it are rows of the shape."""
        self.documents += 1
        self.passages += passages
        self.labels.update(span.label for span in row.spans)
        self.stances.update(span.stance for span in row.spans if span.stance is not None)
        self.origins.update(span.origin for span in row.spans)
        self.languages.update([row.language or "und"])
        self.splits.update([row.split] if row.split else [])
        self.stories.add(row.story or row.id)


def manifest_of(
    release: Release,
    counts: Counts,
    *,
    editions: list[Edition],
    files: dict[str, dict[str, Any]],
    parameters: dict[str, Any],
    left_out: list[dict[str, Any]],
) -> dict[str, Any]:
    """What `GET …/releases/{version}` answers; `left_out` is what `leaving_out.Noted` said."""
    return {
        "version": release.version,
        "schema_version": release.schema_version,
        "project": release.project.slug,
        "project_name": release.project.name,
        "released_at": release.at.isoformat(),
        "released_by": release.by.pseudonym if release.by else None,
        "notes": release.notes,
        "sha256": release.sha256,
        "size": release.size,
        "documents": counts.documents,
        "spans": release.spans_total,
        "passages": counts.passages,
        "stories": len(counts.stories),
        "coders": len(counts.coders),
        "spans_by_label": dict(sorted(counts.labels.items())),
        "spans_by_stance": dict(sorted(counts.stances.items())),
        "spans_by_origin": dict(sorted(counts.origins.items())),
        "documents_by_language": dict(sorted(counts.languages.items())),
        "documents_by_split": dict(sorted(counts.splits.items())),
        "batches": [counts.batches[uuid] for uuid in sorted(counts.batches)],
        "editions": [_edition(each) for each in editions],
        "agreement": [agreement_of(each) for each in editions],
        "checks": {kind: asdict(row) for kind, row in _in_order(counts)},
        "share_overturned": {kind: row.share for kind, row in _in_order(counts)},
        "files": files,
        "left_out": left_out,
        "parameters": {"unanimous_overlap": UNANIMOUS_OVERLAP, **parameters},
        "software": {"name": "annotation-workbench", "version": software()},
    }


def agreement_of(edition: Edition) -> dict[str, Any]:
    """The figures of the agreement page that a reader of a release needs, with their intervals."""
    said = of_report(report(edition.project, edition=edition), project=edition.project.slug)
    return {
        **{key: said[key] for key in OF_AGREEMENT},
        "alpha_masi": said["overall"]["alpha_masi"] if said["overall"] else None,
        "themes": [
            {
                **{key: theme[key] for key in OF_THEME},
                "stance": {key: theme["stance"][key] for key in OF_STANCE},
            }
            for theme in said["themes"]
        ],
    }


def split_parameters(shares: Shares | None, placed: Placed | None) -> dict[str, Any] | None:
    """How documents were split; None where they were not."""
    if shares is None or placed is None:
        return None
    return {**asdict(shares), "moved_to_test": list(placed.moved)}


def software() -> str:
    """The version of what froze it, also where it runs as it was checked out."""
    try:
        return version("annotation-workbench")
    except PackageNotFoundError:
        stated = tomllib.loads((BASE / "pyproject.toml").read_text())
        return str(stated["project"]["version"])


def _edition(edition: Edition) -> dict[str, Any]:
    frozen = edition.frozen_at.isoformat() if edition.frozen_at else None
    return {"number": edition.number, "frozen_at": frozen}


def _in_order(counts: Counts) -> list[tuple[Kind, Tally]]:
    return sorted(counts.checked.items())
