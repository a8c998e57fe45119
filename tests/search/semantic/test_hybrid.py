"""What means the same is found, counted, ordered and shown, on both engines; and nobody sees more by it."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client

from search.asking import request_from
from search.engines.port import FoundHit
from search.queries import exported, result_page
from search.rebuild import rebuild
from search.requests import ResultPage
from search.semantic.hybrid import fused
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory
from tests.factories.patents import PatentFactory
from tests.search.working import work
from tests.servers.embedder import Embedder

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def found(query: str, user: Any = None) -> ResultPage:
    viewer = user or AnonymousUser()
    return result_page(request_from(QueryDict(query), viewer)[0], viewer)


def titles(page: ResultPage) -> list[str]:
    return [str(hit.obj) for hit in page.hits]


@pytest.fixture
def portal(portal_engine: str, embedder: Embedder) -> Embedder:
    """The portal on each engine in turn, with an index and an embedder."""
    rebuild()
    return embedder


def test_the_same_thing_in_another_language_is_found(portal: Embedder) -> None:
    for title in ("Quiet pump", "Battery for the cold", "Тихий насос"):
        ChallengeFactory(title=title, summary="", problem="")
    work()

    page = found("q=静音水泵")

    assert sorted(titles(page)) == ["Quiet pump", "Тихий насос"]
    assert (page.mode, page.total, page.degraded) == ("hybrid", 2, "")
    assert all(hit.akin for hit in page.hits)
    assert (page.no_words, page.some_words, page.loosened) == (True, False, False)


def test_words_and_meaning_together_come_before_either_alone(portal: Embedder) -> None:
    both = ChallengeFactory(title="Quiet pump", summary="", problem="")
    meant = ChallengeFactory(title="Тихий насос", summary="", problem="")
    spoken = ChallengeFactory(title="Dyed cotton", summary="", problem="Nothing " * 50 + "quiet, no pump at all")
    work()

    page = found("q=quiet+pump")

    assert titles(page)[0] == both.title
    assert not page.no_words
    assert {hit.obj.title: hit.akin for hit in page.hits} == {both.title: False, meant.title: True, spoken.title: False}


def test_what_is_found_by_meaning_is_counted_and_narrowed_like_the_rest(portal: Embedder) -> None:
    ChallengeFactory(title="Тихий насос", industry="C", summary="", problem="")
    ChallengeFactory(title="Quiet pump", industry="D", summary="", problem="")
    PatentFactory(title="Silent pump", abstract="")
    work()

    page = found("q=水泵")
    narrowed = found("q=水泵&industry=C")

    assert {value.value: value.count for value in page.facet("kind").values} == {"challenge": 2, "patent": 1}
    assert titles(narrowed) == ["Тихий насос"]
    assert (narrowed.total, {v.value: v.count for v in narrowed.facet("industry").values}) == (
        1,
        {"C": 1, "D": 1},
    )
    assert titles(found("q=水泵+-насос&kind=challenge")) == ["Quiet pump"]


def test_pages_together_show_each_result_once(portal: Embedder) -> None:
    for n in range(9):
        ChallengeFactory(title=f"Quiet pump {n}" if n % 2 else f"Тихий насос {n}", summary="", problem="")
    work()

    shown = [title for page in range(1, 4) for title in titles(found(f"q=quiet+pump&size=3&page={page}"))]

    assert len(shown) == len(set(shown)) == 9
    assert titles(found("q=quiet+pump&size=3&page=9")) == shown[-3:]


@pytest.mark.parametrize("query", ['"静音水泵"', "title:静音", "2400812", "", "水泵&sort=newest"])
def test_phrases_places_numbers_and_other_orders_ask_for_words_alone(
    portal: Embedder, embedder: Embedder, query: str
) -> None:
    ChallengeFactory(title="Quiet pump")
    work()
    before = len(embedder.asked)

    page = found(f"q={query}")

    assert (page.mode, len(embedder.asked)) == ("lexical", before)


def test_nobody_sees_more_by_meaning_than_by_words(portal: Embedder) -> None:
    hidden = ChallengeFactory(title="Silent pump", summary="", problem="")
    work()
    owner, stranger = owner_of(hidden.organisation), UserFactory()
    assert titles(found("q=静音水泵")) == ["Silent pump"]

    hidden.published_at, hidden.state = None, "draft"
    hidden.save()
    stale = found("q=静音水泵")  # before the worker has heard of it
    work()

    for viewer in (None, stranger):
        page = found("q=静音水泵", viewer)
        assert (page.total, page.facet("kind")) == (0, None)
    assert titles(stale) == []
    assert titles(found("q=silent", owner)) == ["Silent pump"], "its owner finds it by its words"


def test_an_embedder_that_fails_leaves_the_words(portal: Embedder, client: Client) -> None:
    ChallengeFactory(title="Quiet pump", summary="", problem="")
    ChallengeFactory(title="Тихий насос", summary="", problem="")
    work()
    portal.status = 500

    page = found("q=quiet")
    asked = len(portal.asked)
    again = found("q=quiet+pump")

    assert (titles(page), page.mode) == (["Quiet pump"], "lexical")
    assert "by words alone" in str(page.degraded)
    assert (titles(again), len(portal.asked)) == (["Quiet pump"], asked), "it is left alone for a while"
    shown = client.get("/search/?q=quiet").content.decode()
    assert "by words alone" in shown
    assert "Quiet</mark> pump" in shown


def test_the_page_and_the_api_say_what_was_found_by_meaning(portal: Embedder, client: Client) -> None:
    ChallengeFactory(title="Тихий насос", summary="", problem="")
    work()

    assert "Close in meaning" in client.get("/search/?q=水泵&kind=challenge").content.decode()
    told = client.get("/api/v1/search?q=水泵").json()
    assert (told["mode"], told["degraded"], told["total"], len(told["hits"])) == ("hybrid", None, 1, 1)


def test_what_is_taken_away_as_a_table_is_what_has_the_words(portal: Embedder) -> None:
    for title in ("Quiet pump", "Тихий насос"):
        ChallengeFactory(title=title, summary="", problem="")
    work()
    request, _notes = request_from(QueryDict("q=quiet"), AnonymousUser())

    assert [hit.obj.title for hit in exported(request, AnonymousUser())] == ["Quiet pump"]


def test_lists_are_fused_by_reciprocal_rank() -> None:
    def hits(keys: str, score: float = 1.0) -> list[FoundHit]:
        return [FoundHit(key, {}, score) for key in keys]

    assert [hit.key for hit in fused(hits("abc"), hits("xc", 0), "cx")] == ["c", "a", "b", "x"]
    assert [hit.key for hit in fused([*hits("a"), *hits("x", 0)], hits("x", 0), "x")] == ["a", "x"]
    assert [hit.akin for hit in fused(hits("a"), hits("x", 0), "x")] == [False, True]


def test_search_is_by_words_alone_where_there_is_no_embedder(settings: Any) -> None:
    rebuild()
    ChallengeFactory(title="Quiet pump")
    work()

    page = found("q=quiet")

    assert (page.mode, page.degraded, titles(page)) == ("lexical", "", ["Quiet pump"])
