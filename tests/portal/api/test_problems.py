"""Whatever goes wrong below /api/ is told as a problem, even where no view of the API was reached."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from portal.api.base import ApiView
from portal.api.parsers import DEEPEST
from tests.portal.api.conftest import Program, problem_of

pytestmark = pytest.mark.django_db


def sent(program: Program, path: str, text: str) -> Any:
    """The answer to a body as it stands, whether or not it is JSON."""
    headers = {"Authorization": f"Bearer {program.secret}"}
    client = Client(raise_request_exception=False)
    return client.post(f"/api/v1/{path}", text, content_type="application/json", headers=headers)


def asked(address: str) -> Any:
    return Client(raise_request_exception=False).get(address, follow=True)


@pytest.mark.parametrize("depth", [DEEPEST + 1, 900, 2_000, 100_000])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"terms":', "}")])
def test_what_lies_too_deep_is_refused_unread(program_of, creator, depth, opens, closes) -> None:
    answer = sent(program_of(creator), "challenges", f"{opens * depth}[]{closes * depth}")

    assert problem_of(answer) == (400, "parse_error")


def test_what_lies_as_deep_as_is_read_is_judged_by_its_fields(program_of, creator) -> None:
    answer = sent(program_of(creator), "challenges", f'{{"terms":{"[" * (DEEPEST - 1)}{"]" * (DEEPEST - 1)}}}')

    assert problem_of(answer) == (422, "invalid")


def test_an_address_of_more_words_than_anybody_means_is_refused() -> None:
    assert problem_of(asked(f"/api/v1/search?{'q=word&' * 2_001}")) == (400, "malformed")


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/%00",
        "/api/v1/challenges/%00",
        "/api/v1/patents/US%00",
        "/api/v1/lineage/challenge/%00",
        "/api/v1/search/similar/%00/x",
        "/api/v1/rooms/%00/messages",
        "/api/v1/challenges/%FF",
        "/api/v1/a%0Ab",
        "/api/v1",
        "/api/v2/challenges",
        "/api",
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(address) -> None:
    assert problem_of(asked(address)) == (404, "missing")


def test_elsewhere_it_stays_a_page(client) -> None:
    assert client.get("/nowhere/").headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_while_the_database_is_away_one_is_asked_to_come_back(error) -> None:
    def away(*_args: object) -> None:
        raise error("the server at db.internal closed the connection")

    with connection.execute_wrapper(away):
        answer = asked("/api/v1/challenges")

    assert problem_of(answer) == (503, "away")
    assert int(answer["Retry-After"]) > 0
    assert b"db.internal" not in answer.content


@pytest.mark.parametrize(("error", "told"), [(OperationalError, (503, "away")), (ZeroDivisionError, (500, "broken"))])
def test_what_breaks_before_a_view_is_a_problem_too(monkeypatch, error, told) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise error("swordfish")

    monkeypatch.setattr(ApiView, "dispatch", broken)

    answer = asked("/api/v1/challenges")

    assert problem_of(answer) == told
    assert ("Retry-After" in answer, answer["Cache-Control"]) == (told[0] == 503, "no-store")
    assert b"swordfish" not in answer.content
