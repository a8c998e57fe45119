"""What the bench asks: each question as the page's address, and as the one raw search that would answer it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import orjson
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from search import engines
from search.asking import request_from
from search.documents.base import PUBLIC as EVERYBODY
from search.engines.elasticsearch.counting import OF_ONE, frequent
from search.engines.elasticsearch.engine import SUGGESTED
from search.engines.elasticsearch.page import HITS, TOTAL, PageQuestion
from search.engines.elasticsearch.reading import Reading
from search.facets import shown
from search.parsing import parse
from search.queries import SUGGESTIONS, has_few
from tests.bench.search_page.corpus import Corpus
from tests.bench.search_page.questions import Question, beginnings, questions

DRAWS = 2
"""The first is asked again and again; the second once, for what a question costs that nobody has asked before."""


def written_plan(corpus: Corpus) -> bytes:
    """All questions, as JSON: for each of the ``draws`` a list of ``{"query", "path", "body"}``, and ``beginnings``."""
    draws = [[_planned(question) for question in questions(corpus, draw)] for draw in range(DRAWS)]
    return orjson.dumps({"draws": draws, "beginnings": [_begun(text) for text in beginnings(corpus)]})


def _begun(text: str) -> dict[str, Any]:
    """What is asked while somebody types, and the one search that would find it."""
    engine = engines.current()
    query = engine.builder.every(parse(text).wanted, engine.schema.title_fields)
    head, body = Reading(engine.names, {EVERYBODY}).few(query, SUGGESTIONS, SUGGESTED)
    return {"query": urlencode({"q": text}), "path": f"/{head['index']}/_search", "body": body}


def _planned(question: Question) -> dict[str, Any]:
    request, _ = request_from(QueryDict(question.query), AnonymousUser())
    engine = engines.current()
    if has_few(engine, request):
        request = request.loosely()
    reading = Reading(engine.names, request.tokens)
    asked = PageQuestion(reading, engine.builder.matching(request.parsed), request, shown(request)).searches()
    head, hits = asked[HITS, ""]
    _, counts = asked[TOTAL, reading.sides[0]]
    narrowed = frequent(("kind", *dict(request.filters)), OF_ONE)
    body = {**hits, "track_total_hits": True, "aggs": counts["aggs"] | narrowed}
    return {"query": question.query, "path": f"/{head['index']}/_search", "body": body}
