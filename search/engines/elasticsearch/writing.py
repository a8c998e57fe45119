"""From writes of the port to operations on two indices, so that a document is never in both, and never public by lag.

A document that is not public is deleted from the public index by the same request, under the same version, whether it
was there or not: what is left there is a tombstone, so no older write can bring it back. A public document is deleted
from the restricted index likewise, unless its kind knows no other. The server forgets tombstones when it restarts; so
what was put is taken back when the other index turns out to know a newer version of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from elasticsearch import Elasticsearch

from search.documents.base import PUBLIC as EVERYBODY
from search.engines.elasticsearch.bulk import IndexVanished, Operation, Outcome, send
from search.engines.elasticsearch.gateway import translated
from search.engines.elasticsearch.indices import PUBLIC, RESTRICTED, SIDES, Generation
from search.engines.elasticsearch.schema import Schema
from search.engines.port import DocumentsRefused, NoIndex, Put, Write, Written


@dataclass(frozen=True, slots=True)
class Plan:
    """What a write does to a generation: an operation on each side that it concerns, of which one may put."""

    write: Write
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a plan."""

    plan: Plan
    outcomes: tuple[Outcome, ...]

    @property
    def is_refused(self) -> bool:
        """Whether the server will never take the document."""
        return Outcome.REFUSED in self.outcomes

    @property
    def is_outdated(self) -> bool:
        """Whether a newer version is known on one side or the other."""
        return Outcome.OUTDATED in self.outcomes

    @property
    def to_be_taken_back(self) -> Operation | None:
        """What undoes the put of a document of which the other side knows a newer version."""
        put = next((op for op, outcome in self.settled if op.entry is not None and outcome is Outcome.DONE), None)
        return Operation(put.index, put.key, put.version) if put and self.is_outdated else None

    @property
    def touched(self) -> set[str]:
        """The indices in which something is other than before."""
        return {operation.index for operation, outcome in self.settled if outcome is Outcome.DONE}

    @property
    def settled(self) -> list[tuple[Operation, Outcome]]:
        """Each operation and what came of it."""
        return list(zip(self.plan.operations, self.outcomes, strict=True))


class Writer:
    """Writes documents of a schema."""

    def __init__(self, client: Elasticsearch, schema: Schema) -> None:
        self.client = client
        self.schema = schema

    def write(self, generations: Sequence[Generation], writes: Sequence[Write]) -> Written:
        """Write to several generations by one request; when this returns, searches of the first of them see it."""
        newest = newest_of(writes)
        entries = self._entries(newest)
        done = self._carry_out([self._plan(g, write, entries) for g in generations for write in newest])
        served = done[: len(newest)]
        self._show(generations[0], served)
        check_none_refused(served)
        return summary(served, len(writes))

    def fill(self, generation: Generation, writes: Sequence[Write]) -> list[Done]:
        """Write to a generation that nobody reads yet.

        Public documents leave the restricted index alone, which would cost as much again: a document that a slow drain
        puts there late is taken back by that drain.
        """
        newest = newest_of(writes)
        entries = self._entries(newest)
        plans = (self._plan(generation, write, entries) for write in newest)
        return self._carry_out([_own_side_only(plan) if _is_public(plan.write) else plan for plan in plans])

    def _entries(self, writes: Iterable[Write]) -> dict[str, bytes]:
        return {write.key: self.schema.entry(write.source) for write in writes if isinstance(write, Put)}

    def _plan(self, generation: Generation, write: Write, entries: Mapping[str, bytes]) -> Plan:
        own = PUBLIC if _is_public(write) else RESTRICTED
        kind = write.key.partition(":")[0]
        is_restricted = isinstance(write, Put) and own == RESTRICTED
        sides = SIDES if is_restricted or kind not in self.schema.always_public else (PUBLIC,)
        contents = {own: entries.get(write.key)}
        operations = (Operation(generation[side], write.key, write.version, contents.get(side)) for side in sides)
        return Plan(write, tuple(operations))

    def _carry_out(self, plans: Sequence[Plan]) -> list[Done]:
        """Carry out the plans. What has to go goes first: it is gone even if the server fails before the rest."""
        operations = [operation for plan in plans for operation in plan.operations]
        operations.sort(key=lambda operation: operation.entry is not None)
        outcomes = dict(zip(map(_place, operations), send(self.client, operations), strict=True))
        done = [Done(plan, tuple(outcomes[_place(operation)] for operation in plan.operations)) for plan in plans]
        undone = [each.to_be_taken_back for each in done]
        send(self.client, [operation for operation in undone if operation])
        return done

    def _show(self, generation: Generation, done: Iterable[Done]) -> None:
        """Let searches see what was written, the public index first: what was withdrawn from it is gone by then."""
        touched = set().union(*(each.touched for each in done))
        for index in generation.names:
            if index in touched:
                self._refresh(index)

    def _refresh(self, index: str) -> None:
        try:
            with translated():
                self.client.indices.refresh(index=index)
        except NoIndex as gone:
            raise IndexVanished(index) from gone


def newest_of(writes: Iterable[Write]) -> list[Write]:
    """The newest write of each key."""
    return list({write.key: write for write in sorted(writes, key=lambda write: write.version)}.values())


def summary(done: Sequence[Done], asked: int) -> Written:
    """What came of so many writes, of which the newest of each key were carried out."""
    outdated = sum(each.is_outdated for each in done)
    return Written(applied=len(done) - outdated, outdated=asked - len(done) + outdated)


def check_none_refused(done: Iterable[Done]) -> None:
    """Raise :class:`DocumentsRefused` for what the server will never take."""
    refused = [each.plan.write.key for each in done if each.is_refused]
    if refused:
        raise DocumentsRefused(refused)


def _is_public(write: Write) -> bool:
    return isinstance(write, Put) and EVERYBODY in write.source["allow"]


def _own_side_only(plan: Plan) -> Plan:
    return Plan(plan.write, tuple(operation for operation in plan.operations if operation.entry is not None))


def _place(operation: Operation) -> tuple[str, str]:
    return operation.index, operation.key
