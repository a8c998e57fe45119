"""A thread laid out for the eye: columns from need to product, each object once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise

from portal.kernel import kinds
from portal.kernel.lineage import Node, Step, Thread


@dataclass(frozen=True)
class Place:
    """An object in its column, with what led to it."""

    node: Node
    label: str | Promise
    state: str
    state_label: str
    came_from: tuple[tuple[str | Promise, Node], ...]
    is_start: bool


def columns(thread: Thread) -> list[list[Place]]:
    """The thread's objects by their distance from the start, earliest first."""
    by_name = {(node.kind, node.key): node for node in thread.nodes}
    placed = [_place(node, thread.steps, by_name) for node in thread.nodes]
    return [list(group) for _depth, group in groupby(placed, key=lambda place: place.node.depth)]


def _place(node: Node, steps: Sequence[Step], by_name: dict[tuple[str, str], Node]) -> Place:
    before = tuple(
        (step.relation, by_name[step.source])
        for step in steps
        if step.target == (node.kind, node.key) and step.source in by_name
    )
    shown = getattr(node.obj, "get_state_display", None)
    return Place(
        node=node,
        label=kinds.get(node.kind).label,
        state=str(getattr(node.obj, "state", "")),
        state_label=str(shown()) if shown else "",
        came_from=before,
        is_start=node.depth == 0 and not node.relation,
    )
