"""Every page of every list there is, by name: where its address leads in a project that `filling` filled."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote
from uuid import UUID

from django.db import connection


def addresses(slug: str) -> dict[str, str]:
    """Of REST and of pages; by name, in no order that matters."""
    return {**_rest(slug), **_pages(slug), **_of_one(slug)}


def _rest(slug: str) -> dict[str, str]:
    api = f"/api/v1/projects/{slug}"
    first = _value("SELECT uuid FROM annotations_batch ORDER BY id LIMIT 1")
    return {
        "documents, first": f"{api}/documents",
        "documents, middle": f"{api}/documents?{cursor('document', 0.5)}",
        "documents, last": f"{api}/documents?{cursor('document', 0.9999)}",
        "documents, back from the middle": f"{api}/documents?{cursor('document', 0.5, back=True)}",
        "documents, one in 500": f"{api}/documents?language=fr",
        "documents, one in 500, middle": f"{api}/documents?language=fr&{cursor('document', 0.5)}",
        "documents, none of that": f"{api}/documents?language=zh",
        "documents, of a round": f"{api}/documents?batch={first}",
        "documents, of a round, middle": f"{api}/documents?batch={first}&{cursor('document', 0.5)}",
        "documents, of a round, one in 500": f"{api}/documents?batch={first}&language=fr",
        "assignments, first": f"{api}/assignments",
        "assignments, middle": f"{api}/assignments?{cursor('assignment', 0.5)}",
        "assignments, one in 500": f"{api}/assignments?state=open",
        "assignments, submitted": f"{api}/assignments?state=submitted",
        "assignments, none of that": f"{api}/assignments?state=skipped",
        **{f"coded, {name}": f"{api}/coded?{query}" for name, query in _coded().items()},
        "search, first": f"{api}/search?q=the+nights",
        "search, middle": f"{api}/search?q=the+nights&{cursor('foldedpassage', 0.5, 'passage_id')}",
        "search, one in 500": f"{api}/search?q=the+rarest",
        "search, none of that": f"{api}/search?q=weightless",
        "imports, first": f"{api}/imports",
        "imports, middle": f"{api}/imports?{cursor('import', 0.5)}",
        "batches": f"{api}/batches",
        "releases": f"{api}/releases",
        "releases, middle": f"{api}/releases?{cursor('release', 0.5)}",
        "projects": "/api/v1/projects",
    }


def _coded() -> dict[str, str]:
    queries = {
        "own, first": "of=own",
        "own, middle": f"of=own&cursor={place(0.5)}",
        "own, of a theme": "of=own&theme=compensation",
        "own, of a rare theme": "of=own&theme=secrecy",
        "own, of a rare theme, middle": f"of=own&theme=secrecy&cursor={place(0.5)}",
        "own, of a theme without any": "of=own&theme=burnout",
        "own, of a stance": "of=own&stance=favor",
        "own, of a stance without any": "of=own&stance=mixed",
        "own, of a language": "of=own&language=en",
    }
    for layer in ("submitted", "gold"):
        queries |= {
            f"{layer}, first": f"of={layer}",
            f"{layer}, middle": f"of={layer}&cursor={place(0.5)}",
            f"{layer}, of a theme": f"of={layer}&theme=compensation",
            f"{layer}, of a rare theme": f"of={layer}&theme=secrecy",
            f"{layer}, of a stance without any": f"of={layer}&stance=mixed",
        }
    return queries


def _pages(slug: str) -> dict[str, str]:
    at = f"/projects/{slug}"
    last = _value("SELECT uuid FROM annotations_document ORDER BY id OFFSET 50000 LIMIT 1")
    found = {
        "documents": f"{at}/documents",
        "documents, middle": f"{at}/documents?after={last}",
        "documents, one in 500": f"{at}/documents?language=fr",
        "documents, by a word of the title": f"{at}/documents?q=lab,+77",
        "imports": f"{at}/imports",
        "stories": f"{at}/stories",
        "flags": f"{at}/flags",
        "flags, last": f"{at}/flags?page=last",
        "rounds": f"{at}/batches",
        "members": f"{at}/members",
        "search": f"{at}/search?q=the+nights",
        "search, middle": f"{at}/search?q=the+nights&after={_key('foldedpassage', 0.5, 'passage_id')}",
        "search, one in 500": f"{at}/search?q=the+rarest",
        "adjudication": f"{at}/adjudication",
        "adjudication, middle": f"{at}/adjudication?page=1000",
        "adjudication, last": f"{at}/adjudication?page=last",
        "sweeps": f"{at}/adjudication/sweeps",
        "behind a cell": f"{at}/agreement/passages?theme=compensation",
        "behind a cell, last": f"{at}/agreement/passages?theme=compensation&after={_text(0.9999)}",
        "behind a cell, middle": f"{at}/agreement/passages?theme=compensation&after={_text(0.5)}",
        "behind a cell, stances": f"{at}/agreement/passages?theme=compensation&on=stance",
        "behind a cell, stances apart, middle": f"{at}/agreement/passages?theme=compensation"
        f"&on=stance&after={_text(0.5, alike=False)}",
        "behind a cell, rare": f"{at}/agreement/passages?theme=secrecy",
        "behind a cell, none": f"{at}/agreement/passages?theme=burnout",
        "behind a cell, of a language without any": f"{at}/agreement/passages?theme=compensation"
        "&language=fr",
        "releases": f"{at}/releases",
        "a release": f"{at}/releases/v300",
        "labels": f"{at}/releases/v300/labels",
        "labels, middle": f"{at}/releases/v300/labels?after={_key('releasespan', 0.5)}",
        "labels, one in 500": f"{at}/releases/v300/labels?theme=secrecy",
        "labels, one in 500 by language": f"{at}/releases/v300/labels?language=fr",
        "labels, none of that": f"{at}/releases/v300/labels?stance=mixed",
        "attributes": f"{at}/attributes",
        "matrix": f"{at}/matrix?of=own",
        "tokens": "/tokens",
        "home": "/",
        "project": at,
    }
    coded = {f"coded, {name}": f"{at}/coded?{query}" for name, query in _coded().items()}
    return {f"page of {name}": address for name, address in {**found, **coded}.items()}


def _of_one(slug: str) -> dict[str, str]:
    """Lists of what one thing has: a delivery, a round, a document."""
    delivery = _value("SELECT uuid FROM annotations_import ORDER BY id LIMIT 1")
    round_ = _value("SELECT uuid FROM annotations_batch ORDER BY id LIMIT 1")
    document = _value("SELECT uuid FROM annotations_document ORDER BY id OFFSET 7 LIMIT 1")
    files = f"/api/v1/imports/{delivery}/files"
    return {
        "files of a delivery": files,
        "files of a delivery, middle": f"{files}?{cursor('importfile', 0.75)}",
        "files of a delivery, refused": f"{files}?outcome=refused",
        "comments": f"/api/v1/documents/{document}/comments",
        "page of a delivery": f"/imports/{delivery}",
        "page of a delivery, middle": f"/imports/{delivery}?page=500",
        "page of a delivery, last": f"/imports/{delivery}?page=last",
        "page of a delivery, refused": f"/imports/{delivery}?outcome=refused",
        "page of a round": f"/batches/{round_}",
        "page of seats": f"/batches/{round_}/seats",
        "page of seats, middle": f"/batches/{round_}/seats?page=1000",
        "page of a document's passages": f"/documents/{document}",
    }


def cursor(table: str, share: float, key: str = "id", *, back: bool = False) -> str:
    """One that begins a page after so much of a table's rows."""
    said = f"{'r=1&' * back}p={_key(table, share, key)}"
    return "cursor=" + quote(b64encode(said.encode()).decode())


def place(share: float) -> str:
    """The same among coded passages."""
    said = f"{_key('document', share)}.-1.{UUID(int=0)}"
    return urlsafe_b64encode(said.encode()).decode()


def _text(share: float, *, alike: bool = True) -> str:
    """The same among the passages behind a cell."""
    return f"{alike:d}.{_key('document', share)}.0.-1"


def _key(table: str, share: float, key: str = "id") -> int:
    said = (
        f"SELECT min({key}) + floor({share} * (max({key}) - min({key}))) FROM annotations_{table}"  # noqa: S608 - our own names
    )
    return int(_value(said))


def _value(query: str) -> str:
    with connection.cursor() as asked:
        asked.execute(query)
        return str(asked.fetchone()[0])
