"""Lineage: the one thread from need to product, walked both ways, each step only for who may see it.

Each app registers, for its kinds, which objects come before and after one of its objects; the walk joins them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from . import kinds

MOST = 200


@dataclass(frozen=True)
class Link:
    """A step from the object asked about to ``obj``: ``after`` when ``obj`` came of it, else what it came from."""

    obj: Model
    relation: str | Promise
    after: bool = True


@dataclass(frozen=True)
class Node:
    """An object on the thread, how far it is from where the walk began, and by which relation it was reached."""

    obj: Model
    kind: str
    key: str
    depth: int
    relation: str | Promise


@dataclass(frozen=True)
class Step:
    """``source`` led to ``target``; both are public keys with their kinds."""

    source: tuple[str, str]
    target: tuple[str, str]
    relation: str | Promise


@dataclass(frozen=True)
class Thread:
    """What is joined to an object, as one person may see it. ``cut`` when it is longer than ``MOST``."""

    nodes: tuple[Node, ...]
    steps: tuple[Step, ...]
    cut: bool = False


Edges = Callable[[Any, Any], Iterable[Link]]
_edges: dict[str, list[Edges]] = {}


def edges(kind: str) -> Callable[[Edges], Edges]:
    """Register a function of an object of ``kind`` and a person that yields its ``Link``s.

    It need not look at what the person may not see; what it yields all the same is passed over.
    """

    def register(find: Edges) -> Edges:
        _edges.setdefault(kind, []).append(find)
        return find

    return register


def thread(start: Model, user: Any) -> Thread:
    """Everything joined to ``start`` through objects that ``user`` may see; ``start`` must be one of them."""
    nodes: dict[tuple[str, str], Node] = {}
    steps: dict[tuple[tuple[str, str], tuple[str, str]], Step] = {}
    waiting = deque([_node(start, 0, "")])
    nodes[_name(start)] = waiting[0]
    while waiting:
        here = waiting.popleft()
        for link in _links(here, user):
            name = _name(link.obj)
            if name not in nodes:
                if len(nodes) >= MOST:
                    return Thread(tuple(nodes.values()), tuple(steps.values()), cut=True)
                nodes[name] = _node(link.obj, here.depth + (1 if link.after else -1), link.relation)
                waiting.append(nodes[name])
            ends = ((here.kind, here.key), name) if link.after else (name, (here.kind, here.key))
            steps.setdefault(ends, Step(*ends, link.relation))
    ordered = sorted(nodes.values(), key=lambda node: (node.depth, node.kind, str(node.obj)))
    return Thread(tuple(ordered), tuple(steps.values()))


def _links(node: Node, user: Any) -> Iterable[Link]:
    for find in _edges.get(node.kind, []):
        for link in find(node.obj, user):
            if kinds.of(link.obj).can_view(user, link.obj):
                yield link


def _name(obj: Model) -> tuple[str, str]:
    return kinds.of(obj).name, kinds.key(obj)


def _node(obj: Model, depth: int, relation: str | Promise) -> Node:
    return Node(obj, *_name(obj), depth, relation)
