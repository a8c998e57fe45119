"""Which indices are read and written, and how a new generation takes the place of the old.

Every process finds out for each batch which indices to write to, so a generation that one process builds is filled by
all of them. A process of another version of the documents neither reads nor fills it: what it would write waits.
"""

from typing import Any

from elasticsearch import Elasticsearch

from search.engines.elasticsearch.gateway import Gateway, translated
from search.engines.elasticsearch.indices import SIDES, TOLD, Generation, Index, Names, State, written_by
from search.engines.elasticsearch.lease import Lease
from search.engines.elasticsearch.schema import SERVING, Schema
from search.engines.port import EngineUnavailable, NoIndex


class Generations:
    """The generations of one prefix. Only who holds the lease changes which of them serve."""

    def __init__(self, gateway: Gateway, names: Names, schema: Schema) -> None:
        self.client = gateway.writing
        self.names = names
        self.schema = schema
        self.lease = Lease(gateway, names.lease)

    def state(self, client: Elasticsearch | None = None) -> State:
        """What there is on the server now."""
        wanted = ",".join(f"{self.names.alias(side)}*" for side in SIDES)
        with translated():
            told = (client or self.client).indices.get(index=wanted, filter_path=TOLD).body
        return State(self.names, tuple(Index.told(name, about) for name, about in told.items()))

    def live(self, state: State) -> Generation:
        """The generation that serves.

        Raises :class:`NoIndex` when there is none, and plain :class:`EngineUnavailable` when one of other documents
        serves: another version of the portal may be using it, and to replace it is for people to decide.
        """
        if state.live is None:
            self._check_nothing_in_the_way(state)
            raise NoIndex("there is no index yet; run search_rebuild")
        if state.live.documents != self.schema.fingerprint:
            raise EngineUnavailable("the index was made for other documents; run search_rebuild")
        return state.live

    def written_to(self) -> list[Generation]:
        """The generations that a write must reach: the one that serves, first, and the one being built, if any."""
        state = self.state()
        targets = [self.live(state)]
        if state.building and state.building.documents == self.schema.fingerprint:
            targets.append(state.building)
        elif state.building and self.lease.is_held():
            raise EngineUnavailable("an index of other documents is being built; restart this process when it serves")
        for generation in targets:
            generation.check_writable()
        return targets

    def begin(self) -> Generation:
        """Make an empty generation that every process writes to from now on."""
        self._check_nothing_in_the_way(self.state())
        self.clear_away()
        fresh = self.names.fresh()
        with translated():
            for index in fresh.values():
                self.client.indices.create(
                    index=index, aliases={written_by(index): {}}, wait_for_active_shards=1, **self.schema.body
                )
            self._point([{"add": {"index": index, "alias": self.names.building}} for index in fresh.values()])
        building = self.state().building
        if building is None:
            raise EngineUnavailable("the new indices vanished as soon as they were made")
        return building

    def make_ready(self, generation: Generation) -> None:
        """Let all that was written to it be seen."""
        with translated():
            self.client.indices.put_settings(index=generation.names, settings=SERVING)
            self.client.indices.refresh(index=generation.names)

    def take_over(self, generation: Generation) -> None:
        """Let the generation serve in place of whatever did, in one step."""
        state = self.state()
        actions = [{"remove": {"index": index, "alias": self.names.building}} for index in generation.names]
        for side in SIDES:
            alias = self.names.alias(side)
            actions += [{"remove": {"index": holder, "alias": alias}} for holder in state.holders(alias)]
            actions.append({"add": {"index": generation[side], "alias": alias}})
        with translated():
            self._point(actions)

    def clear_away(self) -> None:
        """Remove all our indices that do not serve: what rebuilds replaced, and what dead or failed ones left."""
        leftovers = self.state().leftovers
        if leftovers:
            with translated():
                self.client.indices.delete(index=leftovers, ignore_unavailable=True)

    def _point(self, actions: list[dict[str, Any]]) -> None:
        self.client.indices.update_aliases(actions=actions)

    def _check_nothing_in_the_way(self, state: State) -> None:
        """A name that should be an alias must not be an index: somebody else's, or one made by a stray write."""
        taken = {self.names.alias(side) for side in SIDES} & {index.name for index in state.indices}
        if taken:
            raise EngineUnavailable(f"{', '.join(sorted(taken))} is an index where an alias should be; delete it")
