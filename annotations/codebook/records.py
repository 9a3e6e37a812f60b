"""Records of what became of themes, checked. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from annotations.text.phrases import phrase

KINDS = ("archive", "merge", "split")
MOST = 1_000
LONGEST = 2_000


def record_faults(records: Any) -> Iterator[dict[str, str]]:
    """`{field, code, detail}` for each fault of `[{"kind", "themes": [key], "into": [key], "reason"}]`."""
    if not isinstance(records, list) or len(records) > MOST:
        detail = phrase("%(field)s is a list of at most %(most)s.", field="changes", most=MOST)
        yield {"field": "changes", "code": "not-a-list", "detail": detail}
        return
    for index, record in enumerate(records):
        if not _is_record(record):
            detail = phrase(
                "%(field)s needs a kind (%(kinds)s), themes, into (lists of keys) and a reason.",
                field=f"changes[{index}]",
                kinds=", ".join(KINDS),
            )
            yield {"field": f"changes[{index}]", "code": "record-malformed", "detail": detail}


def _is_record(record: Any) -> bool:
    return (
        isinstance(record, dict)
        and set(record) == {"kind", "themes", "into", "reason"}
        and record["kind"] in KINDS
        and isinstance(record["reason"], str)
        and len(record["reason"]) <= LONGEST
        and bool(record["themes"])
        and all(_are_keys(record[name]) for name in ("themes", "into"))
    )


def _are_keys(keys: Any) -> bool:
    return isinstance(keys, list) and all(isinstance(e, str) and len(e) <= 60 for e in keys)
