"""B3, declared: the targets, and how JSON and suggestions are set against what the engine itself takes."""

from __future__ import annotations

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
JSON, TYPING = "JSON of the API", "as somebody types"
RAW = "one raw _search"
SLOWEST = "p99 in ms"

TARGETS = (
    Target(RAW, Against.LIMIT, at_most=1.1, case=JSON),
    Target(RAW, Against.LIMIT, at_most=1.5, case=TYPING),
    Target(SLOWEST, Against.OURSELVES, at_most=5.0, case=TYPING),
)


def run(how: Run) -> Outcome:
    """Eighty questions to the API, and the beginnings of eighty words, each beside the raw search that answers it."""
    patents = how.size or PATENTS
    how.say(f"{patents:,} patents go in")
    with staged(patents, how.folder) as stage:
        cases = {JSON: stage.draws[0], TYPING: stage.beginnings}
        _compare(stage, cases)
        taken = {}
        for case, questions in cases.items():
            how.say(f"{case}: {how.rounds} rounds")
            turns = {name: _turn(stage, name, questions, case) for name in ("engine", "portal")}
            for turn in turns.values():
                turn()
            taken[case] = interleaved(turns, how.rounds)
    rows = [row for case, samples in taken.items() for row in _rows(case, samples["portal"], samples["engine"])]
    figures = {
        case: {name: [asdict(sample) for sample in samples] for name, samples in both.items()}
        for case, both in taken.items()
    }
    return Outcome(rows, figures, (REMARK,))


def _asked(name: str, question: Question, case: str) -> Asked:
    if name == "engine":
        return question.raw
    return question.api if case == JSON else question.page


def _turn(stage: Stage, name: str, questions: Sequence[Question], case: str) -> Callable[[], Sample]:
    asked = [_asked(name, question, case) for question in questions]

    def take() -> Sample:
        used, began = cpu_seconds(stage.servers[name]), time.perf_counter()
        took = latencies(stage.ports[name], asked, 1)
        seconds = time.perf_counter() - began
        return Sample(len(took), seconds, cpu_seconds(stage.servers[name]) - used, took)

    return take


def _compare(stage: Stage, cases: dict[str, Sequence[Question]]) -> None:
    """Raise unless the API finds the same patents in the same order as the raw search, and the same titles."""
    for case, questions in cases.items():
        for question in questions:
            raw = orjson.loads(answer(stage.ports["engine"], question.raw))["hits"]["hits"]
            wanted = [hit["_source"]["document"]["title"] for hit in raw]
            told = orjson.loads(answer(stage.ports["portal"], question.api))
            found = [hit["title"] for hit in told["hits" if case == JSON else "suggestions"]]
            if found != wanted:
                raise RuntimeError(f"{question.api.path} is answered otherwise: {found[:3]} for {wanted[:3]}")


def _rows(case: str, ours: Sequence[Sample], raw: Sequence[Sample]) -> list[Row]:
    limit, *own = (target for target in TARGETS if target.case == case)
    rows = [Row(f"{case}, p50", limit, _told(ours), _told(raw), ratio(ours, raw, lambda sample: sample.middle))]
    slowest = 1000 * middle(ours, lambda sample: percentile(sample.latencies, 99))
    return rows + [Row(f"{case}, {SLOWEST}", target, f"{slowest:.1f}", value=slowest) for target in own]


def _told(samples: Sequence[Sample]) -> str:
    half = 1000 * middle(samples, lambda sample: sample.middle)
    cpu = 1000 * middle(samples, lambda sample: sample.cpu_each)
    return f"{half:.1f} ms ({cpu:.1f} ms CPU)"


REMARK = (
    "The same eighty questions as in B1, one at a time, by HTTP on a kept connection; and the first three letters "
    "of eighty words, as the search box sends them. Every hit and suggestion is read anew from PostgreSQL."
)

BENCH = Bench("B3", "Search for programs, and as one types", "JSON and suggestions", TARGETS, run)
