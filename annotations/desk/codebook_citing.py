"""Rulings by the clause that they cite, such as `burnout.exclude` or `stances.none`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.adjudication.models import Decision, Ruling
from annotations.codebook.clauses import fields_of
from annotations.project.models import Project

MOST_SHOWN = 12
Citations = dict[str, "Cited"]


@dataclass(slots=True)
class Cited:
    """How many rulings in force cite a clause, and the newest of them."""

    count: int = 0
    rulings: list[Ruling] = field(default_factory=list)


def cited_clauses(project: Project, book: Mapping[str, Any]) -> tuple[Citations, Citations]:
    """By clause (`pay.exclude`; the bare key for the theme as a whole), and by words that name none."""
    known = set(_names_of(book))
    clauses: Citations = defaultdict(Cited)
    others: Citations = defaultdict(Cited)
    for ruling in _in_force(project):
        name = clause_named(ruling.clause, known)
        cited = clauses[name] if name else others[ruling.clause.strip()]
        cited.count += 1
        if len(cited.rulings) < MOST_SHOWN:
            cited.rulings.append(ruling)
    return dict(clauses), dict(others)


def clause_named(words: str, known: Iterable[str]) -> str | None:
    """The clause that a ruling's free words name: itself, one with its language, or its theme.

    >>> known = {"pay", "pay.exclude"}
    >>> clause_named(" Pay.exclude.fr ", known), clause_named("pay", known), clause_named("see above", known)
    ('pay.exclude', 'pay', None)
    """
    said = words.strip().casefold().removeprefix("themes.")
    names = set(known)
    while said not in names and "." in said:
        said = said.rpartition(".")[0]
    return said if said in names else None


def _names_of(book: Mapping[str, Any]) -> Iterable[str]:
    for theme in book["themes"]:
        yield theme["key"]
        yield from (f"{theme['key']}.{name}" for name in fields_of("themes"))
    yield from (f"stances.{stance['key']}" for stance in book["stances"])


def _in_force(project: Project) -> list[Ruling]:
    """The last ruling of each dispute that cites a clause, newest first; what was reopened is not one."""
    last = (
        Ruling.objects.filter(project=project)
        .order_by("batch_id", "document_id", "dispute", "-number")
        .distinct("batch_id", "document_id", "dispute")
        .values("pk")
    )
    cited = Ruling.objects.filter(pk__in=last).exclude(clause="").exclude(decision=Decision.REOPEN)
    found = cited.select_related("document", "batch__edition", "theme", "stance")
    return list(found.defer("document__text").order_by("-at", "-pk"))
