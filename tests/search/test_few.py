"""Where few things have all the words, those with some of them come after."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import Client

from search import engines
from search.asking import request_from
from search.queries import ENOUGH, exported, reachable, result_page
from search.rebuild import rebuild
from search.requests import ResultPage
from tests.factories.challenges import ChallengeFactory
from tests.search.working import work

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def three_needs(portal_engine: str) -> None:
    """One that has both words, and one for each of them."""
    rebuild()
    for title, industry in (("Quiet pump", "D"), ("Quiet fan", "D"), ("Heavy pump", "C")):
        ChallengeFactory(title=title, industry=industry, summary="", problem="")
    work()


def found(query: str) -> ResultPage:
    return result_page(request(query), AnonymousUser())


def request(query: str) -> Any:
    return request_from(QueryDict(query), AnonymousUser())[0]


def titles(page: ResultPage) -> list[str]:
    return [hit.obj.title for hit in page.hits]


def test_what_has_all_words_comes_first_and_what_has_some_after_it(client: Client) -> None:
    page = found("q=quiet+pump+&kind=challenge")

    assert titles(page)[0] == "Quiet pump"
    assert sorted(titles(page)[1:]) == ["Heavy pump", "Quiet fan"]
    assert (page.total, page.some_words) == (3, True)
    assert "those with some of them are here too" in client.get("/search/?q=quiet+pump+").content.decode()


@pytest.mark.parametrize(("query", "asked"), [("q=quiet+pump+", 2), ("q=quiet+pump+&kind=challenge", 3)])
def test_how_few_there_are_is_counted_only_where_the_answer_does_not_tell(
    query: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, requests = engines.current(), []
    search = engine.search
    monkeypatch.setattr(engine, "search", lambda request, *more: requests.append(request) or search(request, *more))

    assert (found(query).total, len(requests)) == (3, asked)


def test_words_that_are_said_of_anything_are_no_reason() -> None:
    ChallengeFactory(title="A door without words", summary="", problem="")
    work()

    assert sorted(titles(found("q=pump+without+cavitation&kind=challenge"))) == ["Heavy pump", "Quiet pump"]


def test_a_slip_is_not_forgiven_in_what_is_left_of_a_short_word() -> None:
    ChallengeFactory(title="Решают их", summary="", problem="")
    work()

    page = found("q=тихий+насос&kind=challenge")

    assert (titles(page), page.did_you_mean) == ([], "")


def test_narrowing_never_makes_more_of_it() -> None:
    industry = found("q=quiet+pump+&kind=challenge").facet("industry")

    assert industry is not None
    assert {value.value: value.count for value in industry.values} == {"D": 2, "C": 1}
    assert found("q=quiet+pump+&industry=C").total == 1


@pytest.mark.parametrize("query", ['"quiet"+pump+', "title:quiet+pump+"])
def test_what_is_quoted_or_looked_for_in_one_place_is_meant(query: str) -> None:
    page = found(f"q={query}")

    assert (titles(page), page.some_words) == (["Quiet pump"], False)


def test_enough_that_have_all_words_are_enough() -> None:
    for n in range(ENOUGH):
        ChallengeFactory(title=f"Quiet pump {n}", summary="", problem="")
    work()

    page = found("q=quiet+pump+")

    assert (page.total, page.some_words) == (ENOUGH + 1, False)


def test_a_table_holds_what_the_page_shows_and_an_alert_only_what_was_asked_for() -> None:
    asked = request("q=quiet+pump+")

    assert len(list(exported(asked, AnonymousUser()))) == 3
    assert len(list(reachable(asked, AnonymousUser()))) == 1
