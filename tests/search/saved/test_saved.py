"""Saved searches: kept, looked at by the clock, told of, put aside; each its owner's alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from challenges.enums import ChallengeState
from challenges.models import Challenge
from portal.accounts.actions import erase_person
from portal.accounts.models import User
from portal.kernel.errors import Refused
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import drain
from portal.notifications.models import Notification
from search import engines
from search.engines.port import EngineUnavailable
from search.models import FoundThing, SavedSearch
from search.rebuild import rebuild
from search.saved import actions
from search.saved.actions import MOST_SAVED, look, save_search
from search.saved.tasks import put_due_searches_out
from tests.factories.accounts import UserFactory, owner_of
from tests.factories.challenges import ChallengeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def pump(db: None, own_index: None) -> Challenge:
    challenge = ChallengeFactory(title="Quieter pump")
    rebuild()
    return challenge


@pytest.fixture
def saved(pump: Challenge, creator: User) -> SavedSearch:
    """A search for pumps, looked at once."""
    saved = save_search("q=pump", "Pumps", "at_once", actor=creator)
    drain()
    return saved


@pytest.fixture
def pass_time() -> Callable[[], None]:
    """Everything that is due is looked at, and what it leads to is done."""

    def clock() -> None:
        SavedSearch.objects.update(due_at=timezone.now() - timedelta(seconds=1))
        put_due_searches_out()
        drain()
        drain(["mail"])

    return clock


def titles(saved: SavedSearch) -> list[str]:
    things = saved.found.new()
    return sorted(str(Challenge.objects.get(pk=thing.object_pk)) for thing in things)


def test_what_was_there_is_not_new_and_what_comes_is_told_once(
    saved: SavedSearch, creator: User, pass_time: Callable[[], None], mailoutbox: list[EmailMessage]
) -> None:
    pass_time()
    assert not Notification.objects.exists()

    ChallengeFactory(title="A pump that lasts")
    drain()
    pass_time()
    pass_time()

    told = Notification.objects.get()
    assert (told.user, told.subject, told.url) == (creator, "1 new result: Pumps", saved.get_absolute_url())
    assert [mail.subject for mail in mailoutbox] == ["1 new result: Pumps"]
    assert "lasts" not in mailoutbox[0].body, "what may be seen is asked when it is looked at"
    assert titles(saved) == ["A pump that lasts"]


def test_what_the_person_may_not_see_is_not_found(saved: SavedSearch, pass_time: Callable[[], None]) -> None:
    ChallengeFactory(title="Secret pump", state=ChallengeState.DRAFT, published_at=None)
    drain()

    pass_time()

    assert titles(saved) == []
    assert not Notification.objects.exists()


def test_what_was_hidden_since_is_neither_shown_nor_new(
    client: Client, saved: SavedSearch, creator: User, pass_time: Callable[[], None]
) -> None:
    fresh = ChallengeFactory(title="A pump that lasts")
    drain()
    pass_time()
    client.force_login(creator)
    assert fresh.title in client.get(saved.get_absolute_url()).content.decode()

    Challenge.objects.filter(pk=fresh.pk).update(state=ChallengeState.DRAFT, published_at=None)

    assert fresh.title not in client.get(saved.get_absolute_url()).content.decode()
    rebuild()
    pass_time()
    assert saved.found.new().count() == 0


def test_news_of_a_search_that_is_kept_no_longer_is_not_mailed(
    saved: SavedSearch, creator: User, mailoutbox: list[EmailMessage]
) -> None:
    ChallengeFactory(title="A pump that lasts")
    drain(["index"])
    look(saved)

    actions.forget_saved_search(saved, actor=creator)
    drain()

    assert (mailoutbox, FoundThing.objects.count()) == ([], 0)


@pytest.mark.parametrize(("alert", "days"), [("at_once", 0), ("daily", 1), ("weekly", 7)])
def test_each_is_due_again_after_its_time_and_two_clocks_look_once(saved: SavedSearch, alert: str, days: int) -> None:
    SavedSearch.objects.update(alert=alert, due_at=timezone.now() - timedelta(minutes=5))

    put_due_searches_out()
    put_due_searches_out()

    saved.refresh_from_db()
    assert OutboxEntry.objects.filter(topic="saved_search").count() == 1
    assert saved.due_at is not None
    assert (saved.due_at - timezone.now()).days in (days, max(days - 1, 0))


@pytest.mark.parametrize("change", [{"alert": "off"}, {"user__is_active": False}])
def test_nobody_looks_where_nobody_asks(saved: SavedSearch, creator: User, change: dict[str, Any]) -> None:
    SavedSearch.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    if "alert" in change:
        SavedSearch.objects.update(alert="off")
    else:
        User.objects.filter(pk=creator.pk).update(is_active=False)

    assert put_due_searches_out() == 0


def test_with_the_engine_away_it_waits_and_nothing_is_lost(
    saved: SavedSearch, pass_time: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    ChallengeFactory(title="A pump that lasts")
    drain()
    with monkeypatch.context() as patch:

        def away(*_given: Any) -> Any:
            raise EngineUnavailable("away")

        patch.setattr(engines.current(), "search", away, raising=False)
        patch.setattr(type(engines.current()), "search", away)
        pass_time()
        entry = OutboxEntry.objects.get(topic="saved_search")
        assert (entry.attempts, entry.dead) == (0, False)

    OutboxEntry.objects.update(not_before=timezone.now())
    drain()

    assert titles(saved) == ["A pump that lasts"]


def test_the_same_search_is_kept_once(saved: SavedSearch, creator: User) -> None:
    again = save_search("q=pump", "All pumps", "weekly", actor=creator)

    assert (again.pk, again.name, SavedSearch.objects.count()) == (saved.pk, "All pumps", 1)


def test_fifty_are_enough(creator: User) -> None:
    for n in range(MOST_SAVED):
        save_search(f"q={n}", f"{n}", "off", actor=creator)

    with pytest.raises(Refused, match="fifty"):
        save_search("q=one+more", "One more", "off", actor=creator)


def test_from_results_to_a_saved_search_and_back(client: Client, pump: Challenge, creator: User) -> None:
    client.force_login(creator)
    page = client.get("/search/?q=pump&kind=challenge&is=x").content.decode()
    link = page.split('href="/search/saved/new/', 1)[1].split('"')[0].replace("&amp;", "&")

    form = client.get(f"/search/saved/new/{link}").context["form"]
    assert form.initial["name"] == "pump"
    wrong = client.post(f"/search/saved/new/{link}", {"name": "", "alert": "daily"})
    answer = client.post(f"/search/saved/new/{link}", {"name": "My pumps", "alert": "daily"}, follow=True)

    assert (wrong.status_code, answer.status_code) == (422, 200)
    saved = SavedSearch.objects.get()
    assert (saved.query, saved.name, saved.alert) == ("q=pump&kind=challenge", "My pumps", "daily")
    assert client.get(saved.results_url).status_code == 200
    assert "My pumps" in client.get("/search/saved/").content.decode()


def test_new_things_are_put_aside_one_by_one_and_together(
    client: Client, saved: SavedSearch, creator: User, pass_time: Callable[[], None]
) -> None:
    for title in ("Pump one", "Pump two", "Pump three"):
        ChallengeFactory(title=title)
    drain()
    pass_time()
    client.force_login(creator)
    first = saved.found.new().first()

    client.post(f"{saved.get_absolute_url()}dismiss/", {"thing": first.pk})
    assert saved.found.new().count() == 2
    client.post(f"{saved.get_absolute_url()}dismiss/")

    assert saved.found.new().count() == 0
    assert "Nothing new" in client.get(saved.get_absolute_url()).content.decode()


def test_name_and_alerts_can_be_changed(client: Client, saved: SavedSearch, creator: User) -> None:
    client.force_login(creator)

    wrong = client.post(f"{saved.get_absolute_url()}change/", {"name": "Pumps", "alert": "hourly"})
    client.post(f"{saved.get_absolute_url()}change/", {"name": "Fewer", "alert": "off"})

    saved.refresh_from_db()
    assert (wrong.status_code, saved.name, saved.alert, saved.due_at) == (422, "Fewer", "off", None)


@pytest.mark.parametrize("who", ["rival", "nobody"])
@pytest.mark.parametrize("door", ["", "change/", "dismiss/", "forget/"])
def test_another_ones_search_is_not_there(client: Client, saved: SavedSearch, rival: User, who: str, door: str) -> None:
    if who == "rival":
        client.force_login(rival)
    method = client.get if door == "" else client.post

    answer = method(f"{saved.get_absolute_url()}{door}")

    assert answer.status_code == (404 if who == "rival" else 302)
    assert SavedSearch.objects.filter(pk=saved.pk, name="Pumps").exists()


def test_an_erased_person_leaves_no_search(saved: SavedSearch, creator: User) -> None:
    erase_person(creator, actor=creator)

    assert not SavedSearch.objects.exists()


def test_the_list_takes_as_many_queries_for_ten_as_for_one(
    client: Client, saved: SavedSearch, creator: User, django_assert_max_num_queries: Any
) -> None:
    client.force_login(creator)
    for n in range(9):
        save_search(f"q={n}", f"{n}", "off", actor=creator)

    with django_assert_max_num_queries(8):
        client.get("/search/saved/")


def test_new_things_of_an_owner_are_theirs_to_see(saved: SavedSearch, pass_time: Callable[[], None]) -> None:
    draft = ChallengeFactory(title="Secret pump", state=ChallengeState.DRAFT, published_at=None)
    owner = owner_of(draft.organisation)
    mine = save_search("q=secret", "Mine", "at_once", actor=owner)
    drain()
    SavedSearch.objects.filter(pk=mine.pk).update(looked_at=timezone.now())
    mine.found.all().delete()

    pass_time()

    assert titles(mine) == ["Secret pump"]
    assert titles(saved) == []
    assert UserFactory().saved_searches.count() == 0
