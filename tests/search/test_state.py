"""The platform master sees how search is, and what is looked for in vain; and nobody is remembered by it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.kernel.models import OutboxEntry
from search import fruitless
from search.drain import TOPIC
from search.fruitless import KEPT, SEVERAL, forget_old, popular
from search.models import FruitlessQuery
from search.rebuild import rebuild
from search.state import state
from tests.factories.accounts import UserFactory
from tests.factories.challenges import ChallengeFactory
from tests.search.working import work
from tests.servers.embedder import Embedder

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def as_master() -> Client:
    return signed_in(UserFactory(is_platform_master=True))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(text: str, client: Client, **how: Any) -> None:
    assert client.get("/search/", {"q": text}, **how).status_code == 200


def test_only_the_platform_master_sees_it() -> None:
    assert as_master().get("/master/search/").status_code == 200
    assert signed_in(UserFactory()).get("/master/search/").status_code == 404
    assert Client().get("/master/search/").status_code == 302


def test_it_tells_what_there_is_and_what_waits(portal_engine: str) -> None:
    ChallengeFactory.create_batch(2)
    rebuild()
    now = state()
    before = now.changes.number
    ChallengeFactory()

    then = state()

    assert (now.engine, now.health.ready, now.failing) == (portal_engine, True, [])
    assert dict(now.objects)["Challenge"] == 2
    assert now.health.documents >= 2
    assert now.rebuilt_at is not None
    assert timezone.now() - now.rebuilt_at < timedelta(minutes=1)
    assert then.changes.number > before
    assert then.changes.since is not None
    assert (then.vectors, then.embedder) == (None, "")


def test_it_tells_that_there_is_no_index() -> None:
    told = as_master().get("/master/search/").content.decode()

    assert "Search is degraded" in told
    assert state().rebuilt_at is None


def test_it_tells_how_many_are_compared_by_meaning(embedder: Embedder) -> None:
    rebuild()
    ChallengeFactory()
    work()

    assert (state().vectors or 0) >= 1
    assert state().vectors_waiting.number == 0


def test_it_names_what_could_not_be_indexed_and_lets_it_try_again() -> None:
    now = timezone.now()
    for key, dead in (("challenge:1", True), ("challenge:2", False)):
        OutboxEntry.objects.create(topic=TOPIC, key=key, not_before=now, attempts=8, dead=dead, last_error="Refused")
    client = as_master()

    told = client.get("/master/search/").content.decode()
    client.post("/master/work/revive/")

    assert told.index("challenge:1") < told.index("challenge:2")
    assert told.count("set aside</span>") == 1
    assert not OutboxEntry.objects.filter(dead=True).exists()


@pytest.fixture
def index() -> None:
    rebuild()


@pytest.mark.usefixtures("index")
def test_words_are_kept_once_several_people_looked_for_them_in_vain() -> None:
    one, other = signed_in(UserFactory()), signed_in(UserFactory())
    for client in (one, one, other, one):
        ask("Graphene kettle", client)
    [row] = FruitlessQuery.objects.all()
    assert (row.text, row.times, len(row.askers), popular(9)) == ("", 4, 2, [])

    ask("graphene  KETTLE", Client())

    [row] = popular(9)
    assert (row.text, row.times, row.askers) == ("graphene kettle", 5, [])
    assert "graphene kettle" in as_master().get("/master/search/").content.decode()


@pytest.mark.usefixtures("index")
def test_strangers_are_told_apart_by_where_they_come_from() -> None:
    for _n in range(SEVERAL):
        ask("graphene kettle", Client(), REMOTE_ADDR="10.0.0.1")
    assert popular(9) == []

    for n in range(1, SEVERAL):
        ask("graphene kettle", Client(), REMOTE_ADDR=f"10.0.1.{n}")

    assert len(popular(9)) == 1


@pytest.mark.usefixtures("index")
def test_only_what_was_looked_for_in_everything_and_not_found_is_noted() -> None:
    ChallengeFactory(title="Quiet pump")
    work()
    for query in ("?q=quiet", "?q=graphene&kind=patent", "?q=graphene&industry=D", "?q=", "?q=-graphene"):
        Client().get(f"/search/{query}")

    assert not FruitlessQuery.objects.exists()


def test_while_the_engine_is_away_nothing_is_noted() -> None:
    ask("graphene", Client())

    assert not FruitlessQuery.objects.exists()


@pytest.mark.usefixtures("index")
def test_nonsense_without_end_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fruitless, "MOST", 2)
    for word in ("graphene", "kettle", "zeppelin", "graphene"):
        ask(word, Client())

    assert sorted(FruitlessQuery.objects.values_list("times", flat=True)) == [1, 2]


@pytest.mark.usefixtures("index")
def test_what_nobody_asks_for_any_more_is_forgotten() -> None:
    ask("graphene", Client())
    assert forget_old() == 0
    FruitlessQuery.objects.update(asked_at=timezone.now() - KEPT - timedelta(days=1))

    assert forget_old() == 1
