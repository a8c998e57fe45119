"""Pages of pools."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from patents.models import Patent, Pool
from portal.accounts.models import Organisation, User
from tests.factories.patents import PoolFactory, PoolMembershipFactory

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_list_shows_what_one_may_see(organisation: Organisation, owner: User, creator: User) -> None:
    PoolFactory(name="Open water")
    PoolFactory(name="Our water", public=False, organisation=organisation)
    shown = {user: signed_in(user).get("/pools/").content.decode() for user in (owner, creator)}
    assert [("Open water" in page, "Our water" in page) for page in shown.values()] == [(True, True), (True, False)]


def test_empty_list_says_so(client: Client) -> None:
    assert "No pool yet" in client.get("/pools/").content.decode()


def test_list_and_page_cost_the_same_for_one_and_for_three(client: Client, django_assert_max_num_queries: Any) -> None:
    pool = PoolMembershipFactory().pool
    costs = []
    for _round in range(2):
        client.get("/pools/")
        with django_assert_max_num_queries(12) as asked:
            client.get("/pools/")
            client.get(pool.get_absolute_url())
        costs.append(len(asked))
        for _more in range(2):
            PoolMembershipFactory(pool=pool)
            PoolFactory()
    assert costs[0] == costs[1]


def test_closed_pool_is_missing_to_others(organisation: Organisation, owner: User, creator: User) -> None:
    pool = PoolFactory(public=False, organisation=organisation)
    codes = [signed_in(user).get(pool.get_absolute_url()).status_code for user in (owner, creator)]
    assert codes == [200, 404]


def test_pool_is_founded_filled_and_emptied(owner: User, organisation: Organisation, patent: Patent) -> None:
    client = signed_in(owner)
    client.post("/pools/new/", {"name": "Clean Water", "organisation": organisation.pk, "public": "on"})
    pool = Pool.objects.get(slug="clean-water")
    client.post(f"{pool.get_absolute_url()}patents/", {"number": "US 10,123,456 B2"})
    assert patent.number in client.get(pool.get_absolute_url()).content.decode()
    client.post(f"{pool.get_absolute_url()}patents/{patent.number}/leave/")
    assert "Nothing in it yet" in client.get(pool.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["", "水", "new", "x" * 500])
def test_bad_name_is_pointed_out(owner: User, organisation: Organisation, name: str) -> None:
    response = signed_in(owner).post("/pools/new/", {"name": name, "organisation": organisation.pk})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["name"])


def test_nobody_else_founds_or_fills(creator: User, rival: User, patent: Patent) -> None:
    pool = PoolFactory(organisation=rival.organisations.get())
    assert signed_in(creator).get("/pools/new/").status_code == 404
    assert signed_in(creator).post(f"{pool.get_absolute_url()}patents/", {"number": patent.number}).status_code == 404
    signed_in(rival).post(f"{pool.get_absolute_url()}patents/", {"number": patent.number})
    assert not pool.patents.exists()
