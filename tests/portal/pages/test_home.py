"""The home page: made of what is going on, at the same cost however much that is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.pages.models import HomePage
from tests.factories.challenges import ChallengeFactory
from tests.factories.patents import PatentFactory

MOST_QUERIES = 22


def test_home_shows_what_is_going_on(client: Client, master: User) -> None:
    challenge = ChallengeFactory(title="Quiet fan for a small flat")
    patent = PatentFactory(title="Fan without blades")

    shown = client.get("/").content.decode()

    assert challenge.title in shown
    assert patent.title in shown
    assert 'role="search"' in shown


def test_home_is_named_once_and_other_pages_after_it(client: Client, master: User) -> None:
    titles = [re.findall("<title>(.*?)</title>", client.get(path).content.decode()) for path in ("/", "/about/")]

    assert titles == [["Open Innovation Portal"], ["About this portal – Open Innovation Portal"]]


def test_empty_portal_says_what_to_do_next(client: Client, master: User) -> None:
    shown = client.get("/").content.decode()

    assert "No challenge is open at the moment" in shown
    assert 'href="/organisations/new/"' in shown


def test_home_costs_the_same_for_one_and_three(
    client: Client, master: User, django_assert_max_num_queries: Any
) -> None:
    client.get("/")
    costs = []
    for number in (1, 2):
        for _n in range(number):
            ChallengeFactory()
            PatentFactory()
        with django_assert_max_num_queries(MOST_QUERIES) as asked:
            client.get("/")
        costs.append(len(asked))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("body", [[], [{"type": "numbers", "value": {"title": ""}}]])
def test_editors_may_take_sections_away(client: Client, master: User, body: list[Any]) -> None:
    home = HomePage.objects.get(locale__language_code="en")
    home.body = body
    home.save_revision().publish()

    assert client.get("/").status_code == 200
