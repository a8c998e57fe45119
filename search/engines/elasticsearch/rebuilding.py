"""A new generation beside the one that serves: begun, filled, counted, and put in its place."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from search.engines.elasticsearch.bulk import IndexVanished, Outcome
from search.engines.elasticsearch.gateway import translated
from search.engines.elasticsearch.generations import Generations
from search.engines.elasticsearch.indices import Generation
from search.engines.elasticsearch.lease import HeldLease
from search.engines.elasticsearch.writing import Done, Writer, check_none_refused, summary
from search.engines.port import EngineUnavailable, Write, Written

COUNTED = "indices.*.primaries.docs.count,indices.*.primaries.indexing.delete_total"


class ElasticsearchRebuild:
    """A generation being filled. It keeps count of what the server acknowledged, index by index."""

    def __init__(self, generation: Generation, writer: Writer, lease: HeldLease) -> None:
        self.generation = generation
        self.writer = writer
        self.lease = lease
        self._put: Counter[str] = Counter()
        self._deleted: Counter[str] = Counter()

    def write(self, writes: Sequence[Write]) -> Written:
        """Fill the new generation only."""
        self.lease.renew()
        try:
            done = self.writer.fill(self.generation, writes)
        except IndexVanished as vanished:
            raise EngineUnavailable("the index being built was removed by another process") from vanished
        for each in done:
            self._keep_count(each)
        check_none_refused(done)
        return summary(done, len(writes))

    def check(self) -> None:
        """Raise :class:`EngineUnavailable` when the new generation has lost something that was acknowledged.

        Each delete by somebody else may have removed one document; whatever else is missing is missing without reason.
        """
        with translated():
            stats = self.writer.client.indices.stats(index=self.generation.names, filter_path=COUNTED).body
        for index, told in stats["indices"].items():
            self._check_index(index, told["primaries"])

    def _check_index(self, index: str, told: dict[str, Any]) -> None:
        deleted_by_others = told["indexing"]["delete_total"] - self._deleted[index]
        missing = self._put[index] - deleted_by_others - told["docs"]["count"]
        if missing > 0:
            raise EngineUnavailable(f"{missing} documents that were written to {index} are not there")

    def _keep_count(self, done: Done) -> None:
        for operation, outcome in done.settled:
            if operation.entry is not None:
                self._put[operation.index] += outcome is Outcome.DONE
            else:
                self._deleted[operation.index] += outcome in (Outcome.DONE, Outcome.ABSENT)


@contextmanager
def rebuilding(generations: Generations, writer: Writer) -> Iterator[ElasticsearchRebuild]:
    """A new generation, which takes over when the block ends well and is removed when it does not."""
    with generations.lease.held() as lease:
        fresh = generations.begin()
        try:
            filled = ElasticsearchRebuild(fresh, writer, lease)
            yield filled
            generations.make_ready(fresh)
            filled.check()
            lease.confirm()
            generations.take_over(fresh)
        except BaseException:
            with suppress(EngineUnavailable):
                generations.clear_away()
            raise
        generations.clear_away()
