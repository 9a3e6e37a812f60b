"""Run by PyLD's own Python: expands JSON-LD, with the context from the file beside."""

import json
import sys
from pathlib import Path

from pyld import jsonld

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def local(url: str, _options: object = None) -> dict[str, object]:
    """The one context that a file may name; nothing is fetched."""
    if url != CONTEXT:
        raise LookupError(url)
    here = Path(__file__).with_name("anno.jsonld")
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(here.read_bytes()),
    }


def main(files: Path, found: Path) -> None:
    """One file: what each page expands to, and all triples of it, normalised."""
    jsonld.set_document_loader(local)
    told = {}
    for path in sorted(files.glob("*.jsonld")):
        page = json.loads(path.read_bytes())
        quads = jsonld.normalize(page, {"algorithm": "URDNA2015", "format": "application/n-quads"})
        told[path.stem] = {"expanded": jsonld.expand(page), "quads": quads}
    found.write_text(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
