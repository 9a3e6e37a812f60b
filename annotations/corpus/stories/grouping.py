"""Pairs that tell the same → stories: who belongs together, and as what. Pure.

A node is a document whatever its version: its source and its part of it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

Node = tuple[int, str]


class Edge(NamedTuple):
    """Two that tell the same; `derived` is the `relation` (copy, digest, translation) of the other."""

    original: Node
    derived: Node
    relation: str


def components(nodes: Iterable[Node], edges: Iterable[Edge]) -> list[set[Node]]:
    """Who belongs together, in the order of the nodes; a node without an edge is alone.

    >>> a, b, c = (1, ""), (2, ""), (3, "")
    >>> components([a, b, c], [Edge(c, a, "copy")]) == [{a, c}, {b}]
    True
    """
    near = neighbours(edges)
    found: list[set[Node]] = []
    seen: set[Node] = set()
    for node in nodes:
        if node not in seen:
            found.append(set(_reached(node, near)))
            seen |= found[-1]
    return found


def neighbours(edges: Iterable[Edge]) -> dict[Node, list[tuple[Node, Edge]]]:
    near: dict[Node, list[tuple[Node, Edge]]] = defaultdict(list)
    for edge in edges:
        near[edge.original].append((edge.derived, edge))
        near[edge.derived].append((edge.original, edge))
    return near


def first_text(
    group: set[Node],
    edges: Iterable[Edge],
    *,
    kept: Node | None,
    order: Mapping[Node, tuple[date, int]],
) -> Node:
    """Where the story begins: what is derived from nothing, the one it began with if that may stay.

    `order` decides between several, the least first.
    """
    derived = {edge.derived for edge in edges}
    sources = group - derived or group
    if kept in sources:
        return kept
    return min(sources, key=lambda node: order[node])


def relations(first: Node, edges: Iterable[Edge], languages: Mapping[Node, str]) -> dict[Node, str]:
    """What each is to the first text, "" for itself.

    Who was compared with it is what was said of the two. Others go by the way between: in another
    language it is a translation; in the same one a digest, if there is one on the way, else a copy.
    """
    near = neighbours(edges)
    found = {first: ""}
    for node, path in _reached(first, near).items():
        if len(path) == 1:
            found[node] = path[0].relation
        elif languages[node] != languages[first]:
            found[node] = "translation"
        elif path:
            found[node] = "digest" if any(edge.relation == "digest" for edge in path) else "copy"
    return found


def _reached(start: Node, near: Mapping[Node, list[tuple[Node, Edge]]]) -> dict[Node, list[Edge]]:
    """Every node that can be reached, by the shortest way."""
    ways: dict[Node, list[Edge]] = {start: []}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        for other, edge in near.get(node, ()):
            if other not in ways:
                ways[other] = [*ways[node], edge]
                waiting.append(other)
    return ways
