"""A person decides what tells the same story. Stories follow from the decisions.

A story is whatever hangs together by confirmed pairs, so that taking one back takes apart exactly
what it joined. Documents that were put into a story by other ways stay with its first text.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.corpus.models import (
    CandidateDecision,
    Story,
    StoryCandidate,
    StoryRelation,
)
from annotations.corpus.stories.proposing import propose as propose
from annotations.corpus.stories.proposing import waiting as waiting
from annotations.corpus.stories.regrouping import Group
from annotations.project.access import Action, coder_of, require
from annotations.project.models import Project, User
from annotations.project.refusals import Invalid, NotNow, NotVisible

SIDES = ("first", "second")


@transaction.atomic
def confirm(
    candidate: StoryCandidate,
    *,
    relation: str,
    by: User,
    now: datetime,
    derived: str | None = None,
) -> Story:
    """Both tell the same story: a new one, that of one of them, or two stories made one.

    `derived` ("first" or "second") is the one that is the copy, digest or translation of the other;
    None takes it as proposed. Refused where it would bring together what was said not to be the
    same.
    """
    _require_relation(relation, derived)
    row = _locked(candidate, by=by)
    if row.decision == CandidateDecision.DIFFERENT:
        raise NotNow(_("This pair was said not to be the same. Take that back first."))
    group = Group(row)
    row.relation = relation
    row.evidence = {**row.evidence, "derived": derived or row.evidence.get("derived", "second")}
    _decide(row, CandidateDecision.SAME, by=by, now=now)
    group.require_no_contradiction(joined_by=row)
    group.settle(joined_by=row)
    candidate.refresh_from_db()
    return Story.objects.get(documents=row.second_id)


@transaction.atomic
def refuse(candidate: StoryCandidate, *, by: User, now: datetime) -> None:
    """They do not tell the same, and are not proposed again.

    Refused where other decisions say that they do.
    """
    row = _locked(candidate, by=by)
    if row.decision == CandidateDecision.SAME:
        raise NotNow(_("This pair was said to be the same. Take that back first."))
    if row.first.story_id is not None and row.first.story_id == row.second.story_id:
        raise NotNow(
            _(
                "“%(first)s” and “%(second)s” are in one story by other decisions. Take one of "
                "those back first."
            )
            % {"first": row.first.title, "second": row.second.title}
        )
    _decide(row, CandidateDecision.DIFFERENT, by=by, now=now)
    candidate.refresh_from_db()


@transaction.atomic
def take_back(candidate: StoryCandidate, *, by: User, now: datetime) -> None:
    """The pair waits again; a story falls apart where nothing else holds it together."""
    row = _locked(candidate, by=by)
    was_same = row.decision == CandidateDecision.SAME
    group = Group(row)
    row.decision, row.decided_by, row.decided_at = "", None, None
    row.save(update_fields=["decision", "decided_by", "decided_at"])
    if was_same:
        group.settle()
    candidate.refresh_from_db()


def candidate_for(person: User, uuid: UUID) -> StoryCandidate:
    """The pair, for those who plan its project."""
    found = StoryCandidate.objects.select_related("project").filter(uuid=uuid).first()
    if found is None:
        raise NotVisible
    require(person, Action.PLAN, found.project)
    return found


def decided(project: Project) -> QuerySet[StoryCandidate]:
    """The last decision first."""
    return (
        StoryCandidate.objects.filter(project=project)
        .exclude(decision="")
        .order_by("-decided_at", "-pk")
    )


def _require_relation(relation: str, derived: str | None) -> None:
    if relation not in StoryRelation.values:
        raise Invalid.field("relation", "relation-unknown", _("There is no such relation."))
    if derived is not None and derived not in SIDES:
        raise Invalid.field("derived", "side-unknown", _("Choose the first or the second text."))


def _locked(candidate: StoryCandidate, *, by: User) -> StoryCandidate:
    """The pair of now; decisions in one project wait for one another."""
    require(by, Action.PLAN, candidate.project)
    Project.objects.select_for_update(no_key=True).get(pk=candidate.project_id)
    rows = StoryCandidate.objects.select_related("first", "second", "project")
    return rows.defer("first__text", "second__text").get(pk=candidate.pk)


def _decide(row: StoryCandidate, decision: CandidateDecision, *, by: User, now: datetime) -> None:
    row.decision, row.decided_by, row.decided_at = decision, coder_of(by, row.project), now
    row.save(update_fields=["relation", "evidence", "decision", "decided_by", "decided_at"])
