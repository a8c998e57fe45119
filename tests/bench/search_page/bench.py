"""B1, declared: the targets, and how a page of results is set against the engine's own answer and an ordinary view."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

import orjson

from tests.bench.declaration import Against, Bench, Outcome, Row, Run, Target
from tests.bench.processor import cpu_seconds
from tests.bench.rounds import Sample, interleaved, middle, percentile, ratio
from tests.bench.search_page.asking import Asked, answer, latencies
from tests.bench.search_page.stage import Question, Stage, staged

PATENTS = 100_000
VISITORS = (1, 4)
RAW = "one raw _search"
PEER = "elasticsearch-dsl + template"
SLOWEST = "p99 ÷ p50"

TARGETS = (
    Target(RAW, Against.LIMIT, at_most=1.0),
    Target(PEER, Against.PEER, at_least=2.5),
    Target(SLOWEST, Against.OURSELVES, at_most=3.0),
)
LINK = re.compile(rb'href="/patents/([^"/]+)/"')


def run(how: Run) -> Outcome:
    """Both numbers of visitors, over the same corpus."""
    patents = how.size or PATENTS
    how.say(f"{patents:,} patents go in")
    rows: list[Row] = []
    figures: dict[str, object] = {}
    with staged(patents, how.folder) as stage:
        first, *others = stage.draws
        _compare(stage, first)
        for draw in (*others, first):
            _warm(stage, draw)
        for visitors in VISITORS:
            case = f"{patents:,} patents, {visitors} at a time"
            how.say(f"{case}: {how.rounds} rounds")
            taken = interleaved(
                {name: _turn(stage, name, first, visitors) for name in ("engine", "portal", "peer")}, how.rounds
            )
            figures[case] = {name: [asdict(sample) for sample in samples] for name, samples in taken.items()}
            rows += _rows(case, taken["portal"], taken["engine"], taken["peer"])
    return Outcome(rows, figures, (REMARK,))


def _asked(name: str, questions: Sequence[Question]) -> list[Asked]:
    return [question.raw if name == "engine" else question.page for question in questions]


def _warm(stage: Stage, questions: Sequence[Question]) -> None:
    for name, port in stage.ports.items():
        latencies(port, _asked(name, questions), 2)


def _turn(stage: Stage, name: str, questions: Sequence[Question], visitors: int) -> Callable[[], Sample]:
    def take() -> Sample:
        used, began = cpu_seconds(stage.servers[name]), time.perf_counter()
        took = latencies(stage.ports[name], _asked(name, questions), visitors)
        seconds = time.perf_counter() - began
        return Sample(len(took), seconds, cpu_seconds(stage.servers[name]) - used, took)

    return take


def _compare(stage: Stage, questions: Sequence[Question]) -> None:
    """Raise unless all three find the same patents in the same order, for every question."""
    for question in questions:
        raw = orjson.loads(answer(stage.ports["engine"], question.raw))["hits"]
        wanted = [hit["_source"]["document"]["context"].partition(",")[0] for hit in raw["hits"]]
        for name in ("portal", "peer"):
            page = answer(stage.ports[name], question.page)
            found = [link.decode() for link in LINK.findall(page)]
            total = f"{raw['total']['value']:,}" if name == "portal" else str(raw["total"]["value"])
            if found != wanted or f"<strong>{total}</strong>".encode() not in page:
                raise RuntimeError(f"{name} answers {question.page.path} otherwise: {found[:3]} for {wanted[:3]}")


def _rows(case: str, ours: Sequence[Sample], raw: Sequence[Sample], peer: Sequence[Sample]) -> list[Row]:
    limit, rival, slowest = TARGETS
    spread = middle(ours, lambda sample: percentile(sample.latencies, 99) / sample.middle)
    what = f"{case}, p50 of a page"
    return [
        Row(what, limit, _told(ours), _told(raw), ratio(ours, raw, lambda sample: sample.middle)),
        Row(what, rival, _told(ours), _told(peer), ratio(peer, ours, lambda sample: sample.middle)),
        Row(f"{case}, {SLOWEST}", slowest, f"{spread:.2f}", value=spread),
    ]


def _told(samples: Sequence[Sample]) -> str:
    """The time that half of the pages stay below, and the CPU of all servers for one."""
    half = 1000 * middle(samples, lambda sample: sample.middle)
    cpu = 1000 * middle(samples, lambda sample: sample.cpu_each)
    return f"{half:.1f} ms ({cpu:.1f} ms CPU)"


REMARK = (
    "Eighty questions by HTTP on kept connections: common and rare words, several, phrases, narrowed, later pages. "
    "The portal's page is whole: header, 20 hits with marked snippets, all facets, each hit read anew from PostgreSQL. "
    "The peer shows the same hits and counts in a bare page, unmarked, and reads nothing from a database. "
    "The raw search is answered in JSON by Elasticsearch itself, hits and counts in one request."
)

BENCH = Bench("B1", "A page of results", "a search over many patents, as a whole page", TARGETS, run)
