"""A document read from its bytes anew, as a person chooses; before anyone is assigned to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from annotations.corpus.attributes.settling import Settled
from annotations.corpus.choices import AS_PROPOSED, Choices
from annotations.corpus.deliveries.admitting import document_of, require_tiling
from annotations.corpus.deliveries.reading_apart import read_apart
from annotations.corpus.deliveries.text_rows import store_texts
from annotations.corpus.deliveries.wire import Read
from annotations.corpus.models import Document, ImportFile, Passage, Source
from annotations.corpus.stories.gathering import succeed
from annotations.corpus.texts.refusals import Unreadable
from annotations.corpus.texts.repairs import misread
from annotations.corpus.texts.side_by_side import Row, rows
from annotations.project.access import Action, require
from annotations.project.models import User
from annotations.project.refusals import Invalid, NotNow


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading with `choices` gives. `before` is the text without any repair of mojibake."""

    choices: Choices
    read: Read
    before: str
    present: str

    @property
    def text(self) -> str:
        return self.read.draft.text

    @property
    def changes_text(self) -> bool:
        return self.text != self.present

    def against_present(self) -> list[Row]:
        """The lines that would differ from what the document holds now."""
        return rows(self.present, self.text)


def preview(document: Document, choices: Choices) -> Reread:
    """Nothing is stored. Raises `Invalid` where it cannot be read so, `NotNow` without its bytes."""
    data, chosen = _bytes_of(document), replace(choices, columns=present_choices(document).columns)
    try:
        # What is stored about a file is stored in English.
        with override("en"):
            read = read_apart(document.source.name, data, chosen)
    except Unreadable as refusal:
        raise Invalid.field("encoding", "unreadable", str(refusal)) from refusal
    return Reread(chosen, read, misread(data, read.draft.repairs), document.text)


@transaction.atomic
def reread(document: Document, choices: Choices, *, by: User) -> Document:
    """The next version, read so; the same document where nothing would be different.

    Zones that a person confirmed come along where a passage's text is the same. Raises `NotNow` once
    anyone is assigned, or where there is a newer version.
    """
    require(by, Action.IMPORT, document.project)
    # Nobody is assigned meanwhile: an assignment has to share this row.
    locked = (
        Document.objects.select_for_update().select_related("project", "source").get(pk=document.pk)
    )
    require_free(locked)
    found = preview(locked, choices)
    if not found.changes_text and found.read.draft.repairs == locked.repairs:
        return locked
    require_tiling(found.read.draft)
    following = _following(locked, found)
    following.save(force_insert=True)
    store_texts([found.read], [following])
    _carry_zones(locked, following)
    said = found.choices.as_json()
    ImportFile.objects.filter(document=locked).update(document=following, reading=said)
    succeed(locked.pk, by=following)
    return following


def require_free(document: Document) -> None:
    """Raise `NotNow` if the text has to stay as it is."""
    if Document.objects.filter(previous=document).exists():
        raise NotNow(_("There is a newer version of this document."), reason="not-current")
    with connection.cursor() as cursor:
        cursor.execute("SELECT workbench_is_assigned(%s)", [document.pk])
        row = cursor.fetchone()
    if row and row[0]:
        said = _("Somebody has been assigned to this text, so it stays as it is.")
        raise NotNow(said, reason="assigned")


def present_choices(document: Document) -> Choices:
    """What it was read with, as far as that was kept."""
    files = ImportFile.objects.filter(document=document).exclude(reading={})
    if said := files.values_list("reading", flat=True).first():
        return Choices.from_json(said)
    first = document.repairs[0] if document.repairs else {}
    return Choices(encoding=document.encoding) if first.get("how") == "chosen" else AS_PROPOSED


def _bytes_of(document: Document) -> bytes:
    content = Source.objects.values_list("content", flat=True).get(pk=document.source_id)
    if content is None:
        raise NotNow(_("The bytes of this file were taken down."), reason="taken-down")
    return bytes(content)


def _following(document: Document, found: Reread) -> Document:
    """What a person or a sender said beside the text stays."""
    following = document_of(
        found.read.draft,
        Settled(document.attributes, []),
        project=document.project,
        source=document.source_id,
    )
    following.part = document.part
    following.version = document.version + 1
    following.previous = document
    following.story, following.story_relation = document.story, document.story_relation
    for name in ("external_id", "source_url", "published_on"):
        setattr(following, name, getattr(following, name) or getattr(document, name))
    return following


def _carry_zones(document: Document, following: Document) -> None:
    """Of several passages with the same text the first goes to the first, and so on."""
    settled: dict[str, list[Passage]] = defaultdict(list)
    for each in document.passages.order_by("index"):
        settled[document.text[each.start : each.end]].append(each)
    changed: list[Passage] = []
    for new in following.passages.order_by("index"):
        same = settled[following.text[new.start : new.end]]
        if not same:
            continue
        old = same.pop(0)
        if old.zone_confirmed_at:
            new.zone, new.zone_reason = old.zone, old.zone_reason
            new.zone_confirmed_at = old.zone_confirmed_at
            changed.append(new)
    Passage.objects.bulk_update(changed, ["zone", "zone_reason", "zone_confirmed_at"])
