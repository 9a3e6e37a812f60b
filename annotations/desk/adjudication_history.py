"""What happened to a dispute: every ruling, and, once there is one, what most coders said."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.adjudication.cases import Case
from annotations.adjudication.disputes import Dispute
from annotations.adjudication.models import Decision, Ruling
from annotations.adjudication.patterns import majority
from annotations.desk.adjudication_book import Book, Said, in_words, ruled


@dataclass(frozen=True, slots=True)
class Past:
    """One ruling as it was made, with its label in words."""

    ruling: Ruling
    said: Said | None


@dataclass(frozen=True, slots=True)
class Most:
    """What most coders said: `votes` of `total`; `said` is None where they tagged nothing.

    `followed` says whether the ruling that stands says the same; None where none stands.
    """

    votes: int
    total: int
    said: Said | None
    followed: bool | None


def history(case: Case, book: Book, key: str) -> tuple[Past, ...]:
    """All rulings of a dispute, the first one first."""
    return tuple(Past(each, ruled(book, each)) for each in case.rulings if each.dispute == key)


def most(case: Case, book: Book, dispute: Dispute) -> Most | None:
    """None before a first decision, which it would lead, and where there is no majority."""
    found = majority(dispute) if case.is_revealed(dispute) and not dispute.unanimous else None
    if found is None:
        return None
    label = None
    if found.says is not None:
        theme, stance, holder = found.says
        label = Said(book.themes[theme], book.label(theme, stance), in_words(holder, None))
    return Most(found.votes, found.total, label, _followed(case, dispute, found.says))


def _followed(
    case: Case, dispute: Dispute, says: tuple[str, str | None, str | None] | None
) -> bool | None:
    ruling = case.standing.get(dispute.key)
    if ruling is None or ruling.decision == Decision.REOPEN:
        return None
    if ruling.theme is None or ruling.stance is None:
        return says is None
    return (ruling.theme.key, ruling.stance.key, ruling.holder_kind) == says
