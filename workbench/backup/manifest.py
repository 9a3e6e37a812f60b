"""What an archive says of itself, as JSON under the name `manifest.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from workbench.backup.refusals import Unknown

NAME = "manifest.json"
FORMAT = "annotation-workbench backup"
VERSION = 1


@dataclass(frozen=True, slots=True)
class KeptTable:
    """The rows of a table, in COPY's text format, by primary key, in the part `part`."""

    name: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str

    @property
    def part(self) -> str:
        return f"tables/{self.name}.tsv"


@dataclass(frozen=True, slots=True)
class KeptRelease:
    project: str
    number: int
    sha256: str
    documents: int
    spans: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at` in ISO 8601, UTC; `migrations` as they were applied, (app, name) each;
    `sequences` are (last value, whether it was given out) by name; `key_fingerprint` tells whether
    a secret key is the one that the backup was made under, and not which it is."""

    product: str
    postgresql: str
    made_at: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[KeptTable, ...]
    sequences: dict[str, tuple[int, bool]]
    releases: tuple[KeptRelease, ...]
    left_out: tuple[str, ...]
    secret_key: bool
    key_fingerprint: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def rows_of(self, name: str) -> int:
        """0 for a table that was not there yet."""
        return sum(table.rows for table in self.tables if table.name == name)

    def to_json(self) -> bytes:
        said = {"format": FORMAT, "format_version": VERSION, **asdict(self)}
        return json.dumps(said, indent=1, ensure_ascii=False).encode() + b"\n"


def from_json(text: bytes) -> Manifest:
    """Raises Unknown for what another program, or a later version of this one, has written."""
    try:
        said: dict[str, Any] = json.loads(text)
        kind, version = said.pop("format"), said.pop("format_version")
        if kind != FORMAT or version != VERSION:
            raise Unknown(
                f"The archive has the format {kind!r}, version {version}; {VERSION} is known."
            )
        return Manifest(
            **{
                **said,
                "migrations": tuple((app, name) for app, name in said["migrations"]),
                "tables": tuple(
                    KeptTable(**{**each, "columns": tuple(each["columns"])})
                    for each in said["tables"]
                ),
                "sequences": {name: (at, given) for name, (at, given) in said["sequences"].items()},
                "releases": tuple(KeptRelease(**each) for each in said["releases"]),
                "left_out": tuple(said["left_out"]),
            }
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unknown(f"The archive's list of contents cannot be understood: {error}.") from error
