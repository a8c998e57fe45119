"""From understood text to queries of Elasticsearch.

Built from parsed words only: no query language of the server is ever given what a person typed. Words are looked for by
``match`` and ``match_phrase``, so that the index and the question go through the same analysis.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from search import analysis
from search.engines.fields import Fields, TextField
from search.engines.weights import EXACT_BOOST, HAN_SHARE, PREFIX_SCORE, SLIP_SCORE
from search.parsing import Clause, ParsedText
from search.spans import Span

Query = dict[str, Any]

EVERYTHING: Query = {"match_all": {}}
NOTHING: Query = {"match_none": {}}


class QueryBuilder:
    """Builds the queries over some fields."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def matching(self, parsed: ParsedText) -> Query:
        """Documents that answer the text, scored; every document when nothing was typed."""
        if parsed.is_hopeless:
            return NOTHING
        unwanted = {"must_not": [self.clause(clause) for clause in parsed.unwanted]} if parsed.unwanted else {}
        akin = {"bool": {"filter": [any_of("key", parsed.akin)]}}
        if not parsed.wanted:
            return {"bool": {"filter": [akin if parsed.akin else EVERYTHING], **unwanted}}
        worded = {"should": [self.clause(clause) for clause in parsed.wanted], "minimum_should_match": parsed.required}
        if parsed.idle:
            worded = {"must": [{"bool": worded}], "should": [self.clause(clause) for clause in parsed.idle]}
        if not parsed.akin:
            return {"bool": {**worded, **unwanted}}
        return {"bool": {"should": [{"bool": worded}, akin], "minimum_should_match": 1, **unwanted}}

    def every(self, clauses: Iterable[Clause], fields: Sequence[TextField] = ()) -> Query:
        """Documents that have all of these clauses."""
        return {"bool": {"must": [self.clause(clause, fields) for clause in clauses]}}

    def some(self, clauses: Iterable[Clause], needed: int) -> Query:
        """Documents that have several of these clauses."""
        return {"bool": {"should": [self.clause(clause) for clause in clauses], "minimum_should_match": needed}}

    def clause(self, clause: Clause, fields: Sequence[TextField] = ()) -> Query:
        """One clause in the best of the fields that have it, and in that alone.

        Were the others to add a little, the server could leave no document unread: three times as slow for a million.
        """
        among = fields or self.fields.fields_of(clause.scope)
        shapes = [shape for field in among for way in clause.ways for shape in _shapes(field, way)]
        return {"dis_max": {"queries": shapes}}


def any_of(field: str, values: Iterable[str]) -> Query:
    """Documents with one of these values."""
    return {"terms": {field: sorted(values)}}


def between(span: Span) -> Query:
    """Documents whose value lies in this range."""
    ends = zip(("gte", "lte"), span.ends, strict=True)
    return {"range": {span.range.field: {sign: _end(end) for sign, end in ends if end is not None}}}


def _end(end: int | datetime) -> int | str:
    return end.isoformat() if isinstance(end, datetime) else end


def _shapes(field: TextField, clause: Clause) -> list[Query]:
    """The ways in which a field may have the clause, each with what it counts."""
    if clause.is_ideographic and not clause.quoted:
        return [_run(field, clause)]
    if clause.quoted or len(clause.words) > 1:
        return _together(field, clause)
    return _word(field, clause)


def _word(field: TextField, clause: Clause) -> list[Query]:
    [word] = clause.words
    found = [
        _phrase(field, clause.words, EXACT_BOOST * field.weight),
        {"match": {field.name: {"query": word, "operator": "and", "boost": field.weight}}},
    ]
    if clause.unfinished and len(word) > 1:
        found.append(_worth(PREFIX_SCORE * field.weight, {"prefix": {field.exact: {"value": word}}}))
    if clause.slips:
        slipped = [_slipped(field.exact, word, clause.slips)]
        if of_stem := analysis.slips_of_stem(word, clause.slips):
            slipped.append(_slipped(field.name, analysis.stem(word), of_stem))
        found += [_worth(SLIP_SCORE * field.weight, query) for query in slipped]
    return found


def _together(field: TextField, clause: Clause) -> list[Query]:
    """Words next to each other, the last perhaps unfinished."""
    found = [_phrase(field, clause.words, EXACT_BOOST * field.weight)]
    if clause.unfinished:
        begun = {"query": " ".join(clause.words), "boost": field.weight}
        found.append({"match_phrase_prefix": {field.exact: begun}})
    return found


def _run(field: TextField, clause: Clause) -> Query:
    """Han characters: most of their pairs somewhere in the field, better still all in a row."""
    if len(clause.words) <= 2:
        return _phrase(field, clause.words, field.weight)
    pairs = [_phrase(field, pair, field.weight) for pair in clause.pairs]
    scattered = {"bool": {"should": pairs, "minimum_should_match": math.ceil(len(pairs) * HAN_SHARE)}}
    in_a_row = _phrase(field, clause.words, EXACT_BOOST * field.weight)
    return {"bool": {"must": [scattered], "should": [in_a_row]}}


def _phrase(field: TextField, words: Sequence[str], boost: float) -> Query:
    return {"match_phrase": {field.exact: {"query": " ".join(words), "boost": boost}}}


def _slipped(name: str, word: str, slips: int) -> Query:
    return {"fuzzy": {name: {"value": word, "fuzziness": slips, "rewrite": "constant_score"}}}


def _worth(score: float, query: Query) -> Query:
    return {"constant_score": {"filter": query, "boost": score}}
