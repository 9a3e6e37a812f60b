"""The next edition while it is a draft: begun from the newest, edited clause by clause, frozen.

Whoever writes says what they had in sight (`mark_of` a clause or a whole codebook), so that of two
who edit at once the second is asked. A draft is a faultless codebook after each change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from annotations.codebook import reshaping
from annotations.codebook.clauses import Clauses, clauses_of, entry_of
from annotations.codebook.freezing import freeze
from annotations.codebook.interchange import dump_edition, load_edition, require_faultless
from annotations.codebook.models import Edition
from annotations.codebook.reshaping import Book
from annotations.codebook.starting import starter
from annotations.codebook.storing import store
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Project, User
from annotations.project.refusals import NotNow, Stale

NOT_CONTENT = ("edition", "note", "changes")


def mark_of(value: Any) -> str:
    """A short fingerprint of a text, or of JSON, as somebody had it in sight."""
    said = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def draft_of(project: Project) -> Edition | None:
    return Edition.objects.filter(project=project, frozen_at=None).order_by("-number").first()


def in_use(project: Project) -> Edition | None:
    """The newest frozen edition, which a draft is compared with."""
    frozen = Edition.objects.filter(project=project, frozen_at__isnull=False)
    return frozen.order_by("-number").first()


@transaction.atomic
def begin(project: Project, *, by: User) -> Edition:
    """The next edition, saying what the newest says; without one, a codebook to begin with."""
    require(by, Action.MANAGE, project)
    Project.objects.select_for_update().get(pk=project.pk)
    if draft_of(project) is not None:
        raise NotNow(_("The next edition has been begun already."), reason="draft-open")
    latest = in_use(project)
    book = starter() if latest is None else dump_edition(latest)
    number = 1 if latest is None else latest.number + 1
    begun = {**book, "edition": number, "note": {}, "changes": []}
    return load_edition(project, begun, by=coder_of(by, project))


@transaction.atomic
def set_clauses(
    draft: Edition, part: str, key: str, typed: Clauses, *, base: Mapping[str, str], by: User
) -> Book:
    """Writes what differs from what the person had in sight (`base`: path to mark,
    nothing where the clause was empty).

    `part` is themes, stances or edition (the note; `key` is then empty). Where somebody else has
    changed the same clause meanwhile nothing is written: Stale, with `contested` paths and what
    `current` says. Faults are Invalid, as `checking` names them.
    """
    book = _locked(draft, by)
    entry = _entry(book, part, key)
    current = clauses_of(part, entry)
    seen = {path: base.get(path, mark_of("")) for path in typed}
    ours = {path: words for path, words in typed.items() if mark_of(words) != seen[path]}
    contested = [
        path
        for path, words in ours.items()
        if current.get(path, "") != words and mark_of(current.get(path, "")) != seen[path]
    ]
    if contested:
        said = _("Somebody else has changed this meanwhile. Nothing of yours is lost: compare.")
        raise Stale(said, current=current, contested=contested)
    merged = {path: words for path, words in {**current, **ours}.items() if words}
    return _kept(draft, _with(book, part, key, entry_of(part, merged)))


def _entry(book: Book, part: str, key: str) -> Book:
    if part == "edition":
        return book
    entries: list[Book] = book[part]
    found = next((each for each in entries if each["key"] == key), None)
    if found is None:
        said = _("“%(key)s” is not in the draft any more.")
        raise NotNow(said % {"key": key}, reason="entry-gone")
    return found


def _with(book: Book, part: str, key: str, entry: dict[str, Any]) -> Book:
    if part == "edition":
        return {**book, **entry}
    return {**book, part: [{**e, **entry} if e["key"] == key else e for e in book[part]]}


@transaction.atomic
def add_theme(
    draft: Edition, key: str, name: dict[str, str], *, parent: str | None, by: User
) -> Book:
    """A theme last among its siblings, in a free colour; its code is a first thought."""
    book = _locked(draft, by)
    if parent is not None:
        _entry(book, "themes", parent)
    return _kept(draft, reshaping.added(book, {"key": key, "name": name, "parent": parent}))


@transaction.atomic
def move(draft: Edition, key: str, *, steps: int, by: User) -> Book:
    return _kept(draft, reshaping.moved(_locked(draft, by), key, steps=steps))


@transaction.atomic
def replace(project: Project, data: Any, *, seen: str, by: User) -> Edition:
    """The draft as a whole, begun if need be; `seen` is the mark of the draft it was made on."""
    require(by, Action.MANAGE, project)
    require_faultless(data)
    Project.objects.select_for_update().get(pk=project.pk)
    draft = draft_of(project)
    if draft is not None:
        _require_seen(dump_edition(draft), seen)
    latest = draft or in_use(project)
    number = 1 if latest is None else latest.number + (draft is None)
    return load_edition(project, {**data, "edition": number}, by=coder_of(by, project))


@transaction.atomic
def discard(draft: Edition, *, seen: str, by: User) -> None:
    """The draft goes, and the edition in use stays as it is."""
    _require_seen(_locked(draft, by), seen)
    try:
        draft.delete()
    except ProtectedError as error:
        raise NotNow(_("A batch is planned with this draft, so it stays.")) from error


@transaction.atomic
def freeze_draft(draft: Edition, *, seen: str, by: User, now: datetime) -> Edition:
    """Fixed for good, as it was `seen` in the preview; refused while it says nothing new."""
    book = _locked(draft, by)
    _require_seen(book, seen)
    latest = in_use(draft.project)
    if latest is not None and _content(dump_edition(latest)) == _content(book):
        raise NotNow(_("The draft says what the edition in use says. Change something first."))
    return freeze(draft, now=now)


def _content(book: Book) -> Book:
    return {name: value for name, value in book.items() if name not in NOT_CONTENT}


def _require_seen(book: Book, seen: str) -> None:
    if mark_of(book) != seen:
        said = _("The draft has changed since you looked at it. Look again, then decide.")
        raise Stale(said, current=book)


def _locked(draft: Edition, by: User) -> Book:
    """The draft's JSON, for the length of the transaction nobody else's to write."""
    require(by, Action.MANAGE, draft.project)
    Project.objects.select_for_update().get(pk=draft.project_id)
    found = Edition.objects.filter(pk=draft.pk).first()
    if found is None or found.frozen_at is not None:
        raise NotNow(_("This draft is no more: it was frozen or discarded."), reason="draft-gone")
    return dump_edition(found)


def _kept(draft: Edition, book: Book) -> Book:
    require_faultless(book)
    draft.refresh_from_db()
    store(draft, book)
    return dump_edition(draft)


def reshape(draft: Edition, shape: Callable[[Book], Book], *, by: User) -> Book:
    """The draft as a function of `reshaping` makes it of what it is now."""
    with transaction.atomic():
        return _kept(draft, shape(_locked(draft, by)))
