"""Pairs of documents that may tell the same story, proposed with their evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import transaction
from django.db.models import F, Q, QuerySet

from annotations.corpus.copying import rows_of
from annotations.corpus.models import (
    CandidateDecision,
    Document,
    DocumentSketch,
    StoryCandidate,
)
from annotations.corpus.stories.comparing import compared
from annotations.corpus.stories.evidence import evidence
from annotations.corpus.stories.finding import Pair, pairs_near, rarity_in, with_bands_of_others
from annotations.corpus.stories.grouping import Node
from annotations.corpus.stories.sketches import complete, in_batches, pieces_of
from annotations.corpus.stories.told import Rarity, Told
from annotations.project.models import Project

_KNOWN = 400
_HEIRS = """
SELECT d.id FROM annotations_document d JOIN annotations_document before ON before.id = d.previous_id
 WHERE d.id = ANY(%s) AND d.story_id IS NULL AND before.story_id IS NOT NULL
"""


def propose(project: Project, documents: Iterable[int]) -> int:
    """Compares these documents with all of the project that are like them; gives how many wait.

    May be run again at any time: what is known is scored anew, what no longer holds is dropped, and
    what a person has decided stays as it is, for later versions of the documents too.
    """
    current = Document.objects.current().filter(project=project, pk__in=list(documents))
    asked = set(current.values_list("pk", flat=True))
    complete(project.pk, asked)
    DocumentSketch.objects.filter(project=project, document__next__isnull=False).delete()
    rarity = rarity_in(project.pk)
    banded = with_bands_of_others(project.pk, asked, rarity)
    return sum(_propose_some(project, some, rarity, banded) for some in in_batches(asked))


def waiting(project: Project) -> QuerySet[StoryCandidate]:
    """What a person is to decide: of current documents, and not both of one story already."""
    return (
        StoryCandidate.objects.filter(project=project, decision="")
        .filter(first__next=None, second__next=None)
        .exclude(first__story=F("second__story"), first__story__isnull=False)
        .order_by("-score", "pk")
    )


@transaction.atomic
def _propose_some(
    project: Project, documents: list[int], rarity: Rarity, banded: Collection[int]
) -> int:
    # Decisions and proposals wait for one another.
    Project.objects.select_for_update(no_key=True).get(pk=project.pk)
    inherit(documents)
    known = dict(_undecided(project, documents))
    pairs = pairs_near(project.pk, documents, rarity, banded=banded)
    pairs |= known.keys()
    open_pairs = _open(project, pairs)
    found = list(_compared(project, open_pairs, rarity))
    unlike = set(open_pairs) - {(row.first_id, row.second_id) for row in found}
    gone = [pk for pair, pk in known.items() if pair in unlike]
    StoryCandidate.objects.filter(pk__in=gone).delete()
    StoryCandidate.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["relation", "score", "evidence"],
    )
    return len(found)


def _undecided(project: Project, documents: list[int]) -> Iterator[tuple[Pair, int]]:
    rows = StoryCandidate.objects.filter(project=project, decision="").filter(
        Q(first__in=documents) | Q(second__in=documents)
    )
    for first, second, pk in rows.values_list("first", "second", "pk"):
        yield (first, second), pk


def inherit(documents: Collection[int]) -> None:
    """A later version tells what the earlier one told."""
    # Most have none before them, which is cheaper asked by itself.
    keys = [pk for (pk,) in rows_of(_HEIRS, [list(documents)])]
    heirs = Document.objects.listed().filter(pk__in=keys)
    for document in heirs.select_related("previous"):
        assert document.previous is not None  # noqa: S101 - the filter has seen to it
        document.story_id = document.previous.story_id
        document.story_relation = document.previous.story_relation
        document.save(update_fields=["story", "story_relation"])


def _open(project: Project, pairs: set[Pair]) -> list[Pair]:
    """Those of current documents that nobody has decided and that are of no story together."""
    keys = {pk for pair in pairs for pk in pair}
    rows = Document.objects.current().filter(pk__in=keys)
    known = {
        pk: ((source, part), story)
        for pk, source, part, story in rows.values_list("pk", "source", "part", "story")
    }
    decided = decided_pairs(project, {node for node, _story in known.values()})
    found = []
    for first, second in sorted(pairs):
        if first in known and second in known:
            (here, story), (there, other) = known[first], known[second]
            together = story is not None and story == other
            if here != there and not together and frozenset((here, there)) not in decided:
                found.append((first, second))
    return found


def decided_pairs(project: Project, nodes: Collection[Node]) -> set[frozenset[Node]]:
    """The pairs that a person has decided, whichever versions they looked at."""
    sources = {source for source, _part in nodes}
    rows = StoryCandidate.objects.filter(
        project=project,
        decision__in=CandidateDecision.values,
        first__source__in=sources,
        second__source__in=sources,
    )
    return {
        frozenset(((one, part), (other, other_part)))
        for one, part, other, other_part in rows.values_list(
            "first__source", "first__part", "second__source", "second__part"
        )
    }


def _compared(project: Project, pairs: list[Pair], rarity: Rarity) -> Iterable[StoryCandidate]:
    """What holds of the pairs; they come sorted, so that a few texts at a time are enough."""
    told: dict[int, Told] = {}
    for start in range(0, len(pairs), _KNOWN // 2):
        some = pairs[start : start + _KNOWN // 2]
        wanted = {pk for pair in some for pk in pair}
        told = {pk: told[pk] for pk in wanted & told.keys()}
        told.update(told_of(wanted - told.keys()))
        for first, second in some:
            likeness = compared(told[first], told[second], rarity)
            if likeness.is_same:
                yield StoryCandidate(
                    project=project,
                    first_id=first,
                    second_id=second,
                    relation=likeness.relation,
                    score=likeness.score,
                    evidence=evidence(told[first], told[second], likeness),
                )


def told_of(documents: Collection[int]) -> Mapping[int, Told]:
    pieces = pieces_of(documents)
    rows = Document.objects.filter(pk__in=documents)
    return {
        pk: Told(text, pieces[pk], language, published_on)
        for pk, text, language, published_on in rows.values_list(
            "pk", "text", "language", "published_on"
        )
    }
