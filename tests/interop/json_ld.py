"""PyLD reads the Web Annotations as linked data, by the W3C's own context.

    python -m tests.interop.json_ld [FOLDER]

The environment is made in FOLDER, `var/interop/json-ld`. A key that the context does not know would be
lost on the way: each label's place, quote, theme and stance has to come out as what the vocabulary
calls it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.interop.environments import alone, asked, compared, installed
from tests.release.formats.reading import laid_out
from tests.release.formats.samples import said

WANTED = ("PyLD==3.3.0",)
INSIDE = Path(__file__).with_name("inside_pyld.py")
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def main(folder: Path) -> int:
    """0 where every label is there, in the words of the vocabulary."""
    python = installed(folder / "environment", WANTED)
    files = laid_out("web-annotation.zip", folder / "files")
    out = folder / "found.json"
    subprocess.run([python, INSIDE, files, out], env=alone(), check=True, timeout=300)
    pages = json.loads(out.read_text())
    assert all(page["quads"].count(f"<{OA}Annotation>") for page in pages.values())
    found = [each for page in pages.values() for each in annotations(page["expanded"])]
    return compared("JSON-LD", said(), found)


def annotations(expanded: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    """(document, start, end, quote, theme, stance) of each."""
    (page,) = expanded
    (items,) = page[f"{AS}items"]
    for each in items["@list"]:
        assert each["@type"] == [f"{OA}Annotation"]
        assert each[f"{OA}motivatedBy"] == [{"@id": f"{OA}classifying"}]
        (target,) = each[f"{OA}hasTarget"]
        (source,) = target[f"{OA}hasSource"]
        position, quote = target[f"{OA}hasSelector"]
        bodies = {
            body[f"{OA}hasPurpose"][0]["@id"].removeprefix(OA): one(body, VALUE)
            for body in each[f"{OA}hasBody"]
        }
        yield (
            source["@id"].removeprefix("urn:uuid:"),
            one(position, f"{OA}start"),
            one(position, f"{OA}end"),
            one(quote, f"{OA}exact"),
            bodies["tagging"],
            bodies["assessing"],
        )


def one(node: dict[str, Any], key: str) -> Any:
    """The only value of a property."""
    (value,) = node[key]
    return value["@value"]


if __name__ == "__main__":
    sys.exit(main(asked("json-ld")))
