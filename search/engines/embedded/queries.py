"""From understood text and a viewer's tokens to tantivy queries.

Built from parsed words only: the library's own query parser is never given what a person typed.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from tantivy import FieldType, Occur, Query

from search import analysis
from search.engines.embedded.schema import Schema
from search.engines.fields import TextField
from search.engines.weights import EXACT_BOOST, HAN_SHARE, PREFIX_SCORE, SLIP_SCORE
from search.parsing import Clause, ParsedText
from search.spans import Span


class QueryBuilder:
    """Builds the queries of one schema."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def matching(self, parsed: ParsedText) -> Query:
        """Documents that answer the text, scored; every document when nothing was typed."""
        if parsed.is_hopeless:
            return Query.empty_query()
        unwanted = [(Occur.MustNot, self.clause(clause)) for clause in parsed.unwanted]
        return Query.boolean_query([(Occur.Must, self._wanted(parsed)), *unwanted])

    def _wanted(self, parsed: ParsedText) -> Query:
        """What has enough of the words, or is akin to them; what is akin alone scores nothing."""
        akin = Query.const_score_query(Query.term_set_query(self.schema.compiled, "key", list(parsed.akin)), 0.0)
        if not parsed.wanted:
            return akin if parsed.akin else Query.all_query()
        clauses = [(Occur.Should, self.clause(clause)) for clause in parsed.wanted]
        worded = Query.boolean_query(clauses, minimum_number_should_match=parsed.required)
        if parsed.idle:
            idle = [(Occur.Should, self.clause(clause)) for clause in parsed.idle]
            worded = Query.boolean_query([(Occur.Must, worded), *idle])
        if not parsed.akin:
            return worded
        return Query.boolean_query([(Occur.Should, worded), (Occur.Should, akin)], minimum_number_should_match=1)

    def visible(self, tokens: Collection[str]) -> Sequence[tuple[Occur, Query]]:
        """The filter: an allow token is held and no deny token is. It changes no score."""
        allowed = Query.term_set_query(self.schema.compiled, "allow", sorted(tokens))
        denied = Query.term_set_query(self.schema.compiled, "deny", sorted(tokens))
        return (Occur.Must, Query.const_score_query(allowed, 0.0)), (Occur.MustNot, denied)

    def any_of(self, field: str, values: Iterable[str]) -> tuple[Occur, Query]:
        """Documents with one of these values."""
        chosen = Query.term_set_query(self.schema.compiled, field, sorted(values))
        return Occur.Must, Query.const_score_query(chosen, 0.0)

    def between(self, span: Span) -> tuple[Occur, Query]:
        """Documents whose value lies in this range."""
        field, (low, high) = span.range.field, span.ends
        of_type = FieldType.Date if self.schema.properties[field]["type"] == "date" else FieldType.Integer
        within = Query.range_query(self.schema.compiled, field, of_type, low, high)
        return Occur.Must, Query.const_score_query(within, 0.0)

    def clause(self, clause: Clause, fields: Sequence[TextField] = ()) -> Query:
        """One clause in the best of the fields that have it."""
        among = fields or self.schema.fields_of(clause.scope)
        shapes = [shape for field in among for way in clause.ways for shape in self._shapes(field, way)]
        return Query.disjunction_max_query(shapes)

    def _shapes(self, field: TextField, clause: Clause) -> list[Query]:
        if clause.is_ideographic and not clause.quoted:
            found = [self._run(field, clause)]
        elif clause.quoted or len(clause.words) > 1:
            found = self._together(field, clause)
        else:
            found = self._word(field, clause)
        return [Query.boost_query(query, field.weight) for query in found]

    def _word(self, field: TextField, clause: Clause) -> list[Query]:
        [word] = clause.words
        found = [Query.boost_query(self._term(field.exact, word), EXACT_BOOST)]
        stem = analysis.stem(word)
        if stem:
            found.append(self._term(field.name, stem))
        if clause.unfinished and len(word) > 1:
            found.append(Query.const_score_query(self._beginning(field, word), PREFIX_SCORE))
        if clause.slips:
            slipped = [self._slipped(field.exact, word, clause.slips)]
            if of_stem := analysis.slips_of_stem(word, clause.slips):
                slipped.append(self._slipped(field.name, stem, of_stem))
            found += [Query.const_score_query(query, SLIP_SCORE) for query in slipped]
        return found

    def _together(self, field: TextField, clause: Clause) -> list[Query]:
        """Words next to each other, the last perhaps unfinished."""
        found = [Query.boost_query(self._phrase(field, clause.words), EXACT_BOOST)]
        if clause.unfinished:
            found.append(Query.phrase_prefix_query(self.schema.compiled, field.exact, list(clause.words)))
        return found

    def _run(self, field: TextField, clause: Clause) -> Query:
        """Han characters: most of their pairs somewhere in the field, better still all in a row."""
        if len(clause.words) <= 2:
            return self._phrase(field, clause.words)
        pairs = [(Occur.Should, self._phrase(field, pair)) for pair in clause.pairs]
        needed = math.ceil(len(pairs) * HAN_SHARE)
        scattered = Query.boolean_query(pairs, minimum_number_should_match=needed)
        in_a_row = Query.boost_query(self._phrase(field, clause.words), EXACT_BOOST)
        return Query.boolean_query([(Occur.Must, scattered), (Occur.Should, in_a_row)])

    def _phrase(self, field: TextField, words: Sequence[str]) -> Query:
        if len(words) == 1:
            return self._term(field.exact, words[0])
        return Query.phrase_query(self.schema.compiled, field.exact, list(words))

    def _beginning(self, field: TextField, word: str) -> Query:
        return Query.fuzzy_term_query(self.schema.compiled, field.exact, word, 0, prefix=True)

    def _slipped(self, name: str, word: str, slips: int) -> Query:
        return Query.fuzzy_term_query(self.schema.compiled, name, word, slips)

    def _term(self, name: str, word: str) -> Query:
        return Query.term_query(self.schema.compiled, name, word)


def all_of(*parts: tuple[Occur, Query]) -> Query:
    """The conjunction of the parts, each with its own sign."""
    return Query.boolean_query(list(parts))


def counting(fields: Iterable[str]) -> dict[str, Any]:
    """An exact count of every value of these fields: no bucket is left out on the way."""
    most = 65_000
    return {name: {"terms": {"field": name, "size": most, "segment_size": most}} for name in fields}
