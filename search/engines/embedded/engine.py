"""The embedded engine: the whole of search in the portal's own process, with no server to install."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from tantivy import Occur, Query

from search import analysis
from search.documents.base import PUBLIC, PortalDocument
from search.engines.embedded.generations import Generation, Generations
from search.engines.embedded.queries import QueryBuilder
from search.engines.embedded.reading import Reading, filters
from search.engines.embedded.schema import Schema
from search.engines.forgiving import SAMPLE, forgiving, lost_clauses, nearest
from search.engines.likeness import TELLING, needed, telling_clauses
from search.engines.port import EngineUnavailable, Entry, Found, FoundHit, Health, Write, Written
from search.parsing import Clause, ParsedText, parse
from search.requests import DEEPEST_HIT, SORTS, SearchRequest

RELEVANCE = SORTS["relevance"]

P = ParamSpec("P")
R = TypeVar("R")
Method = Callable[Concatenate["EmbeddedEngine", P], R]


def guarded(method: "Method[P, R]") -> "Method[P, R]":
    """Turn what the library or the disk raises into :class:`EngineUnavailable`."""

    @wraps(method)
    def guarded_method(self: "EmbeddedEngine", *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except (ValueError, OSError) as trouble:
            raise EngineUnavailable(str(trouble)) from trouble

    return guarded_method


class EmbeddedEngine:
    """Implements :class:`search.engines.port.Engine` on tantivy, in a folder that several processes may share."""

    name = "embedded"

    def __init__(self, root: Path, documents: Sequence[type[PortalDocument]]) -> None:
        self.schema = Schema(documents)
        self.builder = QueryBuilder(self.schema)
        self.generations = Generations(root, self.schema)

    def health(self) -> Health:
        """Whether an index for today's documents serves."""
        try:
            generation = self._live()
            held = [shelf.searcher().num_docs for shelf in (generation.public, generation.restricted)]
        except EngineUnavailable as trouble:
            return Health(ready=False, reason=str(trouble))
        return Health(ready=True, documents=sum(held), details={"generation": generation.name})

    @guarded
    def search(self, request: SearchRequest, counted: Collection[str] | None = None) -> Found:
        """Answer a request: a page of hits, the exact total and the exact count of each value of each facet."""
        reading = self._reading(request.tokens)
        parsed, unknown = self._forgiven(reading, request.parsed)
        answer = (Occur.Must, self.builder.matching(parsed))
        within = [self.builder.between(span) for span in request.spans]
        chosen = dict(request.filters) | ({"kind": request.kinds} if request.kinds else {})
        narrowed = reading.only(answer, *within, *filters(self.builder, chosen))
        offset = min(request.offset, DEEPEST_HIT - request.size)
        total, hits = reading.top(narrowed, request.order, offset, request.size)
        wanted = self.schema.facets if counted is None else counted
        facets = reading.counts(narrowed, [name for name in wanted if name not in chosen])
        for name in chosen:
            widened = reading.only(answer, *within, *filters(self.builder, chosen, but=name))
            facets |= reading.counts(widened, [name])
        return Found(hits, total, facets, parsed, unknown)

    @guarded
    def tops(
        self, request: SearchRequest, sought: ParsedText, kinds: Collection[str], size: int
    ) -> Mapping[str, tuple[FoundHit, ...]]:
        """The best few answers of each of these kinds."""
        reading = self._reading(request.tokens)
        narrowed = [
            (Occur.Must, self.builder.matching(sought)),
            *map(self.builder.between, request.spans),
            *filters(self.builder, dict(request.filters)),
        ]
        of_kind = {kind: reading.only(*narrowed, self.builder.any_of("kind", [kind])) for kind in kinds}
        return {kind: reading.top(query, RELEVANCE, 0, size)[1] for kind, query in of_kind.items()}

    @guarded
    def suggest(self, text: str, kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents whose title has every word of the text; slips are forgiven when none has."""
        clauses = parse(text).wanted
        for wanted in (clauses, tuple(clause.forgiving() for clause in clauses)) if clauses else ():
            found = self._public_hits(self._titled(wanted), kinds, size)
            if found:
                return found
        return ()

    @guarded
    def near(self, word: str) -> str | None:
        """The nearest word of public documents, the more frequent of equally near ones."""
        limit = analysis.typos_allowed(word)
        sample = self._public_hits(self.builder.clause(Clause((word,), slips=limit)), (), SAMPLE) if limit else ()
        return nearest(word, (hit.source for hit in sample))

    @guarded
    def telling(self, source: Mapping[str, Any], most: int) -> tuple[Clause, ...]:
        """The clauses that are frequent in the document and rare among public ones."""
        [searcher] = self._reading({PUBLIC}).searchers
        names = [field.name for field in self.schema.text_fields]

        def frequency(word: str) -> int:
            return max(searcher.doc_freq(name, analysis.stem(word)) for name in names)

        return telling_clauses(source, frequency, searcher.num_docs, most)

    @guarded
    def sharing(
        self, clauses: Sequence[Clause], needed: int, kinds: Collection[str], size: int
    ) -> tuple[FoundHit, ...]:
        """Public documents which have several of the clauses."""
        if not clauses:
            return ()
        shared = [(Occur.Should, self.builder.clause(clause)) for clause in clauses]
        return self._public_hits(Query.boolean_query(shared, minimum_number_should_match=needed), kinds, size)

    @guarded
    def similar(self, source: Mapping[str, Any], kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents which share several of the words that tell this one from others."""
        clauses = self.telling(source, TELLING)
        found = self.sharing(clauses, needed(clauses), kinds, size + 1)
        return tuple(hit for hit in found if hit.key != source["key"])[:size]

    @guarded
    def write(self, writes: Sequence[Write]) -> Written:
        """Apply writes in one commit for each index they touch."""
        return self.generations.write(writes)

    @contextmanager
    def rebuild(self) -> Iterator["EmbeddedRebuild"]:
        """Build a new generation beside the one that serves."""
        with self.generations.building() as generation:
            yield EmbeddedRebuild(self.generations, generation)

    @guarded
    def entries(self, kinds: Collection[str] = ()) -> Iterator[Entry]:
        """Everything held of these kinds."""
        generation = self._live()
        held = chain(generation.public.entries(), generation.restricted.entries())
        return (entry for entry, kind in held if not kinds or kind in kinds)

    @guarded
    def _live(self) -> Generation:
        return self.generations.live()

    def _reading(self, tokens: Collection[str]) -> Reading:
        return Reading(self.generations.live(), self.builder, tokens)

    def _public_hits(self, query: Query, kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        reading = self._reading({PUBLIC})
        of_kinds = [self.builder.any_of("kind", kinds)] if kinds else []
        _, hits = reading.top(reading.only((Occur.Must, query), *of_kinds), RELEVANCE, 0, size)
        return hits

    def _titled(self, clauses: Sequence[Clause]) -> Query:
        titles = self.schema.title_fields
        return Query.boolean_query([(Occur.Must, self.builder.clause(clause, titles)) for clause in clauses])

    def _forgiven(self, reading: Reading, parsed: ParsedText) -> tuple[ParsedText, tuple[str, ...]]:
        """The question with slips forgiven in the words that nothing the viewer may read contains, and those words."""

        def occurs(clauses: Collection[Clause]) -> bool:
            return bool(reading.count(reading.only(*((Occur.Must, self.builder.clause(each)) for each in clauses))))

        lost = lost_clauses(parsed, occurs)
        return forgiving(parsed, lost), tuple(map(str, lost))


@dataclass(frozen=True)
class EmbeddedRebuild:
    """A generation being filled."""

    generations: Generations
    generation: Generation

    def write(self, writes: Sequence[Write]) -> Written:
        """Fill the new generation only."""
        return self.generations.write_to(self.generation, writes)
