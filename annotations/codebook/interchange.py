"""JSON of a codebook ↔ an edition, without loss."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.codebook.checking import Fault, faults_of
from annotations.codebook.models import Edition, StanceValue, Theme
from annotations.codebook.storing import stance_row, store, theme_row
from annotations.project.models import Coder, Project
from annotations.project.refusals import Invalid, NotNow
from annotations.project.speaking import said


@transaction.atomic
def load_edition(project: Project, data: Any, *, by: Coder | None) -> Edition:
    """The edition that `data` describes: `{"edition", "note", "changes", "stances": […], "themes": […]}`.

    Without `edition` it is the open draft, else the next number. A draft is replaced as a whole;
    a frozen edition is given back if it says the same, and otherwise NotNow is raised. Faults in
    `data` are Invalid, each naming its theme and field.
    """
    require_faultless(data)
    Project.objects.select_for_update().get(pk=project.pk)
    latest = Edition.objects.filter(project=project).order_by("-number").first()
    number = data.get("edition") or _number_after(latest)
    edition = Edition.objects.filter(project=project, number=number).first()
    if edition is None:
        _require_next(number, latest)
        edition = Edition(project=project, number=number, created_by=by)
    elif edition.frozen_at is not None:
        return _same_or_refused(edition, data)
    return store(edition, data)


def require_faultless(data: Any) -> None:
    """Raises Invalid with every fault, in the language in force."""
    faults = [{**fault, "detail": said(fault["detail"])} for fault in faults_of(data)]
    if faults:
        raise Invalid(_first_of(faults), errors=faults)


def _first_of(faults: list[Fault]) -> str:
    first, more = faults[0]["detail"], len(faults) - 1
    if not more:
        return first
    told = ngettext("%(fault)s (and %(count)s more)", "%(fault)s (and %(count)s more)", more)
    return told % {"fault": first, "count": more}


def _number_after(latest: Edition | None) -> int:
    if latest is None:
        return 1
    return latest.number + 1 if latest.frozen_at else latest.number


def _require_next(number: int, latest: Edition | None) -> None:
    following = latest.number + 1 if latest else 1
    if number != following:
        detail = _("Editions are numbered without gaps; the next one is %(number)s.")
        raise Invalid.field("edition", "edition-skips", detail % {"number": following})


def _same_or_refused(edition: Edition, data: dict[str, Any]) -> Edition:
    if dump_edition(edition) != {"edition": edition.number, **_complete(edition, data)}:
        detail = _("Edition %(number)s is in use and frozen. Draft the next one instead.")
        raise NotNow(detail % {"number": edition.number}, reason="edition-frozen")
    return edition


def _complete(edition: Edition, data: dict[str, Any]) -> dict[str, Any]:
    """`data` as dump_edition would write it: defaults in place, in the order of the edition."""
    stances = [stance_row(each, order=i) for i, each in enumerate(data["stances"], start=1)]
    themes = [theme_row(each, order=i) for i, each in enumerate(data["themes"], start=1)]
    parents = {each["key"]: each.get("parent") for each in data["themes"]}
    return {
        "note": data.get("note") or {},
        "changes": data.get("changes", edition.changes),
        "stances": [_stance(row) for row in sorted(stances, key=_by_order)],
        "themes": [_theme(row, parents[row.key]) for row in sorted(themes, key=_by_order)],
    }


def _by_order(row: StanceValue | Theme) -> int:
    return row.order


def dump_edition(edition: Edition) -> dict[str, Any]:
    """The edition as `load_edition` reads it."""
    themes = edition.themes.select_related("parent").order_by("order", "pk")
    return {
        "edition": edition.number,
        "note": edition.note,
        "changes": edition.changes,
        "stances": [_stance(row) for row in edition.stances.order_by("order", "pk")],
        "themes": [_theme(row, row.parent.key if row.parent else None) for row in themes],
    }


def _stance(row: StanceValue) -> dict[str, Any]:
    return {
        "key": row.key,
        "order": row.order,
        "position": row.position,
        "label": row.label,
        "glyph": row.glyph,
        "hotkey": row.hotkey,
        "definition": row.definition,
    }


def _theme(row: Theme, parent: str | None) -> dict[str, Any]:
    return {
        "key": row.key,
        "code": row.code,
        "name": row.name,
        "definition": row.definition,
        "include": row.include,
        "exclude": row.exclude,
        "examples": row.examples,
        "counter_examples": row.counter_examples,
        "colour": row.colour,
        "hotkey": row.hotkey,
        "parent": parent,
        "proposition": row.proposition or None,
        "stance_labels": row.stance_labels or None,
        "memo_required": row.memo_required,
        "order": row.order,
    }
