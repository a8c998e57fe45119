"""The engine on Elasticsearch: what the port asks, in requests of the server."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Any

from search import analysis
from search.documents.base import PUBLIC as EVERYBODY
from search.documents.base import PortalDocument
from search.engines.elasticsearch.address import Address
from search.engines.elasticsearch.breaker import Breaker
from search.engines.elasticsearch.bulk import IndexVanished
from search.engines.elasticsearch.gateway import Answer, Gateway, Search, translated
from search.engines.elasticsearch.generations import Generations
from search.engines.elasticsearch.indices import Generation, Names
from search.engines.elasticsearch.inventory import inventory
from search.engines.elasticsearch.page import EVERY, HITS, PageQuestion, Place
from search.engines.elasticsearch.queries import Query, QueryBuilder, any_of
from search.engines.elasticsearch.reading import Reading, found, total
from search.engines.elasticsearch.rebuilding import ElasticsearchRebuild, rebuilding
from search.engines.elasticsearch.schema import Schema
from search.engines.elasticsearch.vocabulary import vocabulary
from search.engines.elasticsearch.writing import Writer
from search.engines.forgiving import SAMPLE, SPOKEN_IN, doubtful, forgiving, nearest
from search.engines.likeness import TELLING, needed, telling_clauses
from search.engines.port import EngineUnavailable, Entry, Found, FoundHit, Health, Write, Written
from search.parsing import Clause, ParsedText, parse
from search.requests import SearchRequest

WRITE_TRIES = 3
SUGGESTED = ("kind", "title")


class ElasticsearchEngine:
    """Implements :class:`search.engines.port.Engine` on Elasticsearch, which any number of processes may share."""

    name = "elasticsearch"

    def __init__(
        self, address: Address, documents: Sequence[type[PortalDocument]], breaker: Breaker | None = None
    ) -> None:
        self.schema = Schema(documents)
        self.names = Names(address.prefix)
        self.gateway = Gateway(address, breaker)
        self.generations = Generations(self.gateway, self.names, self.schema)
        self.writer = Writer(self.gateway.writing, self.schema)
        self.builder = QueryBuilder(self.schema)
        self._confirmed: frozenset[str] = frozenset()

    def health(self) -> Health:
        """Whether an index for today's documents serves, and can be written without loss."""
        try:
            generation = self._live()
            generation.check_writable()
            held = self.gateway.breaker.run(lambda: self._count(generation))
        except EngineUnavailable as trouble:
            return Health(ready=False, reason=str(trouble), details={"trouble": type(trouble).__name__})
        return Health(ready=True, documents=held, details={"indices": generation.names})

    def search(self, request: SearchRequest, counted: Collection[str] | None = None) -> Found:
        """Answer a request: a page of hits, the exact total and the exact counts of facets."""
        reading = Reading(self.names, request.tokens)
        facets = self.schema.facets if counted is None else counted
        answer, has_all = self._page(reading, request, request.parsed, facets)
        if has_all:
            return answer
        parsed, unknown = self._forgiven(reading, request.parsed)
        if parsed != request.parsed:
            answer, _ = self._page(reading, request, parsed, facets)
        return replace(answer, unknown=unknown)

    def tops(
        self, request: SearchRequest, sought: ParsedText, kinds: Collection[str], size: int
    ) -> Mapping[str, tuple[FoundHit, ...]]:
        """The best few answers of each of these kinds, asked for together."""
        reading, query = Reading(self.names, request.tokens), self.builder.matching(sought)
        asked = {
            kind: PageQuestion(reading, query, request.changed(kinds=(kind,), page=1, size=size), ()).best()
            for kind in kinds
        }
        answers = self.gateway.asked(list(asked.values())) if asked else []
        return {kind: found(answer) for kind, answer in zip(asked, answers, strict=True)}

    def suggest(self, text: str, kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents whose title has every word of the text; slips are forgiven when none has."""
        clauses = parse(text).wanted
        for wanted in (clauses, tuple(clause.forgiving() for clause in clauses)) if clauses else ():
            hits = self._public(self.builder.every(wanted, self.schema.title_fields), kinds, size, SUGGESTED)
            if hits:
                return hits
        return ()

    def near(self, word: str) -> str | None:
        """The nearest word of public documents, the more frequent of equally near ones."""
        limit = analysis.typos_allowed(word)
        if not limit:
            return None
        sample = self._public(self.builder.clause(Clause((word,), slips=limit)), (), SAMPLE, SPOKEN_IN)
        return nearest(word, (hit.source for hit in sample))

    def telling(self, source: Mapping[str, Any], most: int) -> tuple[Clause, ...]:
        """The clauses that are frequent in the document and rare among public ones."""
        known = self.gateway.breaker.run(lambda: vocabulary(self.gateway.reading, self.names, self.schema, source))
        return telling_clauses(source, known.frequency, known.documents, most)

    def sharing(
        self, clauses: Sequence[Clause], needed: int, kinds: Collection[str], size: int
    ) -> tuple[FoundHit, ...]:
        """Public documents which have several of the clauses."""
        return self._public(self.builder.some(clauses, needed), kinds, size) if clauses else ()

    def similar(self, source: Mapping[str, Any], kinds: Collection[str], size: int) -> tuple[FoundHit, ...]:
        """Public documents which share several of the words that tell this one from others."""
        clauses = self.telling(source, TELLING)
        hits = self.sharing(clauses, needed(clauses), kinds, size + 1)
        return tuple(hit for hit in hits if hit.key != source["key"])[:size]

    def write(self, writes: Sequence[Write]) -> Written:
        """Apply writes in one bulk request to the indices that serve and to those being built."""
        for _ in range(WRITE_TRIES):
            with suppress(IndexVanished):
                return self.writer.write(self.generations.written_to(), writes)
        raise EngineUnavailable("the indices are replaced faster than they can be written")

    def rebuild(self) -> AbstractContextManager[ElasticsearchRebuild]:
        """Build a new generation beside the one that serves."""
        return rebuilding(self.generations, self.writer)

    def entries(self, kinds: Collection[str] = ()) -> Iterator[Entry]:
        """Everything held of these kinds."""
        return inventory(self.gateway.writing, self.generations.live(self.generations.state()), kinds)

    def _page(
        self, reading: Reading, request: SearchRequest, parsed: ParsedText, counted: Collection[str]
    ) -> tuple[Found, bool]:
        """The page, and whether something is known to have all that was asked for.

        Where all of it has to be there to be found, finding anything tells; else that is asked along with the page.
        """
        is_loose = parsed.required < len(parsed.wanted) or (parsed.akin and parsed.wanted)
        every = self.builder.every(parsed.wanted) if is_loose else None
        question = PageQuestion(reading, self.builder.matching(parsed), request, counted, every)
        answers = self._asked(question.searches())
        self._confirm(answers[HITS, ""])
        page = Found(found(answers[HITS, ""]), question.total(answers), self._facets(question, answers), parsed)
        return page, bool(total(answers[EVERY, ""]) if every else page.total)

    def _facets(self, question: PageQuestion, answers: Mapping[Place, Answer]) -> dict[str, Mapping[str, int]]:
        facets = question.facets(answers)
        return {
            name: question.recounted(self._asked(question.recount(name)), name) if counts is None else counts
            for name, counts in facets.items()
        }

    def _forgiven(self, reading: Reading, parsed: ParsedText) -> tuple[ParsedText, tuple[str, ...]]:
        """The question with slips forgiven in the words that nothing the viewer may read contains, and those words."""
        if not parsed.wanted:
            return parsed, ()
        clauses = doubtful(parsed)
        queries = [self.builder.every(parsed.wanted), *map(self.builder.clause, clauses)]
        together, *apart = self.gateway.asked([reading.any(query) for query in queries])
        if total(together):
            return parsed, ()
        lost = [clause for clause, answer in zip(clauses, apart, strict=True) if not total(answer)]
        return forgiving(parsed, lost), tuple(map(str, lost))

    def _public(
        self, query: Query, kinds: Collection[str], size: int, shown: Sequence[str] = ("",)
    ) -> tuple[FoundHit, ...]:
        narrowed = {"bool": {"must": [query], "filter": [any_of("kind", kinds)]}} if kinds else query
        [answer] = self.gateway.asked([Reading(self.names, {EVERYBODY}).few(narrowed, size, shown)])
        self._confirm(answer)
        return found(answer)

    def _asked(self, searches: Mapping[Place, Search]) -> dict[Place, Answer]:
        return dict(zip(searches, self.gateway.asked(list(searches.values())), strict=True))

    def _confirm(self, answer: Answer) -> None:
        """Make sure that the indices which answered are of today's documents: look once for each generation met.

        An answer without hits does not tell which indices gave it, so that is looked up.
        """
        answered = {hit["_index"] for hit in answer["hits"]["hits"]}
        if not answered or answered - self._confirmed:
            self._confirmed = frozenset(self._live().names)

    def _live(self) -> Generation:
        reading = self.gateway.reading
        return self.gateway.breaker.run(lambda: self.generations.live(self.generations.state(reading)))

    def _count(self, generation: Generation) -> int:
        with translated():
            return int(self.gateway.reading.count(index=generation.names).body["count"])
