"""Stories after a decision: made, joined, taken apart, as the confirmed pairs say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.corpus.models import CandidateDecision, Document, Story, StoryCandidate
from annotations.corpus.stories.grouping import Edge, Node, components, first_text, relations
from annotations.project.refusals import NotNow


class Group:
    """The documents of a pair and of the stories they are in, before it is decided anew.

    All versions of a document go together. What is in a story without a confirmed pair that leads
    to its first text was put there otherwise, and stays with that.
    """

    def __init__(self, row: StoryCandidate) -> None:
        self._row = row
        self._documents = self._members()
        self._nodes = list(self._documents)
        pairs = self._pairs(CandidateDecision.SAME)
        confirmed = [edge_of(each) for each in pairs]
        self._by_hand = list(self._found_otherwise(confirmed))
        self._others = [edge_of(each) for each in pairs if each.pk != row.pk]

    def require_no_contradiction(self, *, joined_by: StoryCandidate) -> None:
        """Raise `NotNow` where two that are said to differ would come into one story."""
        groups = components(self._nodes, self._edges(joined_by))
        for each in self._pairs(CandidateDecision.DIFFERENT):
            sides = {node_of(each.first), node_of(each.second)}
            if each.pk != joined_by.pk and any(sides <= group for group in groups):
                raise NotNow(
                    _(
                        "This would bring “%(first)s” and “%(second)s” into one story, but they "
                        "were said not to be the same. Take that back first."
                    )
                    % {"first": each.first.title, "second": each.second.title}
                )

    def settle(self, *, joined_by: StoryCandidate | None = None) -> None:
        """Writes stories and relations as the decisions are now."""
        edges = self._edges(joined_by)
        before = self._stories()
        for group in components(self._nodes, edges):
            self._settle_one(group, [edge for edge in edges if edge.original in group], before)
        Story.objects.filter(pk__in=before, documents=None).delete()

    def _edges(self, joined_by: StoryCandidate | None) -> list[Edge]:
        return [*self._others, *self._by_hand, *([edge_of(joined_by)] if joined_by else [])]

    def _settle_one(self, group: set[Node], edges: list[Edge], before: dict[int, Node]) -> None:
        if len(group) == 1:
            self._write(group, None, dict.fromkeys(group, ""))
            return
        kept = min((pk for pk, first in before.items() if first in group), default=None)
        first = first_text(
            group, edges, kept=before[kept] if kept is not None else None, order=self._order()
        )
        newest = {node: self._documents[node][-1] for node in group}
        story = (
            Story.objects.get(pk=kept)
            if kept is not None
            else Story.objects.create(project=self._row.project, title=newest[first].title)
        )
        languages = {node: document.language for node, document in newest.items()}
        self._write(group, story, relations(first, edges, languages))

    def _write(self, group: set[Node], story: Story | None, relation: dict[Node, str]) -> None:
        changed = []
        for node in group:
            for document in self._documents[node]:
                document.story, document.story_relation = story, relation[node]
                changed.append(document)
        Document.objects.bulk_update(changed, ["story", "story_relation"])

    def _members(self) -> dict[Node, list[Document]]:
        """All versions of each, the newest last."""
        pair = (self._row.first, self._row.second)
        stories = {each.story_id for each in pair if each.story_id is not None}
        inside = Document.objects.filter(
            Q(story__in=stories) | Q(pk__in=[each.pk for each in pair])
        )
        wanted = {(source, part) for source, part in inside.values_list("source", "part")}
        found: dict[Node, list[Document]] = defaultdict(list)
        rows = Document.objects.listed().filter(source__in={source for source, _part in wanted})
        for document in rows.order_by("source", "part", "version"):
            if node_of(document) in wanted:
                found[node_of(document)].append(document)
        return dict(found)

    def _pairs(self, decision: CandidateDecision) -> list[StoryCandidate]:
        """The decided pairs among the members."""
        versions = [each.pk for some in self._documents.values() for each in some]
        rows = StoryCandidate.objects.filter(
            decision=decision, first__in=versions, second__in=versions
        )
        return list(
            rows.select_related("first", "second")
            .defer("first__text", "second__text")
            .order_by("pk")
        )

    def _stories(self) -> dict[int, Node]:
        """The first text of each story that the members are in."""
        found: dict[int, Node] = {}
        for node in sorted(self._nodes, key=self._order().__getitem__):
            document = self._documents[node][-1]
            if document.story_id is not None:
                known = found.setdefault(document.story_id, node)
                if not document.story_relation and self._documents[known][-1].story_relation:
                    found[document.story_id] = node
        return found

    def _found_otherwise(self, confirmed: list[Edge]) -> Iterator[Edge]:
        for story, first in self._stories().items():
            nodes = [n for n in self._nodes if self._documents[n][-1].story_id == story]
            inside = [edge for edge in confirmed if {edge.original, edge.derived} <= set(nodes)]
            for group in components(nodes, inside):
                if first not in group:
                    node = min(group, key=self._order().__getitem__)
                    relation = self._documents[node][-1].story_relation
                    yield Edge(first, node, relation or "copy")

    def _order(self) -> dict[Node, tuple[date, int]]:
        """What came out first, else what came in first."""
        return {
            node: (versions[-1].published_on or date.max, versions[0].pk)
            for node, versions in self._documents.items()
        }


def node_of(document: Document) -> Node:
    return document.source_id, document.part


def edge_of(row: StoryCandidate) -> Edge:
    first, second = node_of(row.first), node_of(row.second)
    if row.evidence.get("derived") == "first":
        return Edge(second, first, row.relation)
    return Edge(first, second, row.relation)
