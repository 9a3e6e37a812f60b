"""A codebook's JSON into the rows of a draft: only what differs is written, so that history is short."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.codebook.models import Edition, StanceValue, Theme

Row = StanceValue | Theme
# A row that is about to take what another still has holds this meanwhile: no code may be one.
MEANWHILE = 0x2500
STANCE_FIELDS = ("label", "definition", "glyph", "hotkey", "position", "order")
THEME_FIELDS = (
    "code",
    "name",
    "definition",
    "include",
    "exclude",
    "examples",
    "counter_examples",
    "proposition",
    "stance_labels",
    "colour",
    "hotkey",
    "memo_required",
    "order",
)


def store(edition: Edition, data: Mapping[str, Any]) -> Edition:
    """`data` has been checked. Records of changes stay where it names none."""
    edition.note = data.get("note") or {}
    edition.changes = data.get("changes", edition.changes)
    edition.save()
    _store_stances(edition, data["stances"])
    _store_themes(edition, data["themes"])
    return edition


def _store_stances(edition: Edition, stances: Iterable[Mapping[str, Any]]) -> None:
    known = {row.key: row for row in edition.stances.all()}
    wanted = {each["key"]: stance_row(each, order=i) for i, each in enumerate(stances, start=1)}
    edition.stances.exclude(key__in=wanted).delete()
    for key, row in wanted.items():
        before = known.get(key)
        if before is not None and before.hotkey != row.hotkey:
            edition.stances.filter(key=key).update(hotkey="")
    for key, row in wanted.items():
        _write(row, known.get(key), STANCE_FIELDS, edition=edition)


def _store_themes(edition: Edition, themes: Iterable[Mapping[str, Any]]) -> None:
    listed = list(themes)
    known = {row.key: row for row in edition.themes.select_related("parent")}
    wanted = {each["key"]: theme_row(each, order=i) for i, each in enumerate(listed, start=1)}
    parents = {each["key"]: each.get("parent") for each in listed}
    _make_way(known, wanted, parents)
    edition.themes.exclude(key__in=wanted).delete()
    for key in sorted(wanted, key=lambda key: parents[key] is not None):  # parents first
        wanted[key].parent = wanted[parents[key]] if parents[key] else None
        _write(wanted[key], known.get(key), (*THEME_FIELDS, "parent_id"), edition=edition)


def _make_way(
    known: Mapping[str, Theme], wanted: Mapping[str, Theme], parents: Mapping[str, str | None]
) -> None:
    """No row takes a code that another still has, nor goes with a parent that is no longer its own."""
    for place, (key, row) in enumerate(wanted.items()):
        before = known.get(key)
        if before is None:
            continue
        changed = Theme.objects.filter(pk=before.pk)
        if before.code != row.code:
            before.code = chr(MEANWHILE + place)
            changed.update(code=before.code)
        if (before.parent.key if before.parent else None) != parents[key]:
            before.parent = None
            changed.update(parent=None)


def _write(row: Row, before: Row | None, fields: Iterable[str], *, edition: Edition) -> None:
    row.edition = edition
    if before is not None:
        row.pk = before.pk
        row._state.adding = False
        if all(getattr(row, field) == getattr(before, field) for field in fields):
            return
    row.save()


def stance_row(data: Mapping[str, Any], *, order: int) -> StanceValue:
    return StanceValue(
        key=data["key"],
        label=data["label"],
        definition=data.get("definition") or {},
        glyph=data["glyph"],
        hotkey=data.get("hotkey") or "",
        position=data.get("position"),
        order=data.get("order", order),
    )


def theme_row(data: Mapping[str, Any], *, order: int) -> Theme:
    return Theme(
        key=data["key"],
        code=data["code"],
        name=data["name"],
        definition=data.get("definition") or {},
        include=data.get("include") or {},
        exclude=data.get("exclude") or {},
        examples=data.get("examples") or [],
        counter_examples=data.get("counter_examples") or [],
        proposition=data.get("proposition") or {},
        stance_labels=data.get("stance_labels") or {},
        colour=data["colour"],
        hotkey=data.get("hotkey") or "",
        memo_required=data.get("memo_required", False),
        order=data.get("order", order),
    )
