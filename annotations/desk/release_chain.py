"""The page of a chain: from a released label back to the bytes of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.adjudication.models import Decision
from annotations.desk.chain_words import Compared, Names, compared, worst
from annotations.desk.provenance import ENCODINGS, repairs_in_words, rule_in_words
from annotations.desk.signed_in import frame, person
from annotations.project.access import Action, may, project_for
from annotations.release.chain import chain_of, label_of
from annotations.release.chain_checks import Check, State
from annotations.release.chain_links import Chain, Coded
from annotations.release.chain_sources import Repaired
from annotations.release.models import ReleaseSpan
from annotations.release.serving import release_of
from workbench.replicas import reads_elsewhere


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain as the page has it: its anchor, its name, how it ended."""

    key: str
    name: str
    state: State
    compared: list[Compared]


@login_required
@require_safe
@reads_elsewhere
def chain(request: HttpRequest, slug: str, version: str, uuid: UUID) -> HttpResponse:
    """Every link is compared while the page is made."""
    user = person(request)
    project = project_for(user, slug, Action.SEE_RELEASES)
    release = release_of(project, version)
    label = label_of(release, uuid)
    found = chain_of(label)
    names = Names(label.released.edition)
    context = {
        "release": release,
        "chain": found,
        "links": links_of(found),
        "made": len(found.checks),
        "broken": found.count("broken"),
        "label": names.of(label.label, label.stance, label.holder_kind),
        "words": names.words(label.label, label.stance),
        "verdicts": list(_verdicts(found, names)),
        "coded": [_coded(each, names) for each in found.coded],
        "steps": list(_steps(label, found.repairs)),
        "first_step": _first_step(label),
        "encoding": ENCODINGS.get(found.original.encoding, found.original.encoding),
        "when": {
            "released": datetime.fromisoformat(found.released.released_at),
            "taken_down": _moment(found.original.taken_down_at),
        },
        "delivered": [(each, datetime.fromisoformat(each.at)) for each in found.original.delivered],
        "palette_of": names.themes.values(),
        "sees_documents": may(user, Action.ADJUDICATE, project),
        **_neighbours(label),
        **frame(request, project),
    }
    return render(request, "annotations/desk/release_chain.html", context)


def links_of(found: Chain) -> list[Link]:
    """The links in their order, each with what was compared."""
    coded = tuple(check for each in found.coded for check in each.checks)
    bytes_, rebuilt = _apart(found.original.checks)
    rows: Sequence[tuple[str, str, Sequence[Check]]] = (
        ("released", _("Released"), found.released.checks),
        ("decided", _("Decided"), found.decided.checks),
        ("coded", _("Coded"), coded),
        ("written", _("Text"), found.written.checks),
        ("repaired", _("Repairs"), rebuilt),
        ("bytes", _("File"), bytes_),
    )
    return [Link(key, name, worst(checks), compared(checks)) for key, name, checks in rows]


def _apart(checks: Sequence[Check]) -> tuple[list[Check], list[Check]]:
    """What is said of the bytes, and what of the way from them to the text."""
    rebuilt = [check for check in checks if check.name.startswith("rebuilt")]
    return [check for check in checks if check not in rebuilt], rebuilt


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _verdicts(found: Chain, names: Names) -> Iterator[dict[str, Any]]:
    for each in found.decided.verdicts:
        yield {
            "row": each,
            "decision": Decision(each.decision).label,
            "at": datetime.fromisoformat(each.at),
            "said": names.of(each.label, each.stance) if each.label else None,
        }


def _coded(each: Coded, names: Names) -> dict[str, Any]:
    saves: list[dict[str, Any]] = [
        {
            "row": save,
            "at": datetime.fromisoformat(save.at),
            "said": names.of(save.label, save.stance, save.holder_kind),
        }
        for save in each.revisions
    ]
    first = each.first
    return {
        "row": each,
        "saves": saves,
        "counted": next((save for save in saves if save["row"].counts), None),
        "first": first,
        "first_at": _moment(first.at if first else None),
        "first_said": names.of(first.label, first.stance) if first and first.there else None,
        "same_since": first is not None and first.counts,
        "state": worst(each.checks),
        "compared": compared(each.checks),
    }


def _steps(label: ReleaseSpan, repairs: Sequence[Repaired]) -> Iterator[dict[str, Any]]:
    told = _told(label)[1:]
    for number, each in enumerate(repairs):
        yield {
            "row": each,
            "words": told[number] if number < len(told) else each.step,
            "changes": [(change, rule_in_words(change.rule)) for change in each.changes],
        }


def _first_step(label: ReleaseSpan) -> str:
    """How the bytes were read."""
    return next(iter(_told(label)[:1]), "")


def _told(label: ReleaseSpan) -> list[str]:
    """The recorded steps in words; nothing where somebody has changed what was recorded."""
    try:
        return repairs_in_words(label.document)
    except (LookupError, TypeError, ValueError):
        return []


def _neighbours(label: ReleaseSpan) -> dict[str, ReleaseSpan | None]:
    """The labels before and after in the release, as its file has them."""
    rows = ReleaseSpan.objects.filter(release=label.release_id).only("uuid")
    place = label.released.position
    after = Q(released__position__gt=place) | Q(released=label.released_id, pk__gt=label.pk)
    before = Q(released__position__lt=place) | Q(released=label.released_id, pk__lt=label.pk)
    return {
        "following": rows.filter(after).order_by("released__position", "pk").first(),
        "preceding": rows.filter(before).order_by("-released__position", "-pk").first(),
    }
