"""Finding in one room what was said there."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.discussions import actions, queries
from portal.live import limits
from tests.factories.discussions import RoomFactory, room_of, talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_said_anything():
    limits.MESSAGES.reset()


@pytest.fixture
def room():
    return RoomFactory(title="Heat pumps")


def found(person, room, words: str) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return client.get(f"{room.get_absolute_url()}search/", {"q": words}).content.decode()


def test_all_words_are_wanted_and_marked_and_lead_to_the_message(room, creator):
    actions.post_message(room, author=creator, text="R290 is propane & <b>burns</b>")
    actions.post_message(room, author=creator, text="R744 is carbon dioxide")

    html = found(None, room, "r290 BURNS")

    assert "<mark>R290</mark> is propane &amp; &lt;b&gt;<mark>burns</mark>&lt;/b&gt;" in html
    assert (f"{room.get_absolute_url()}?at=1#" in html, "R744" in html) == (True, False)


@pytest.mark.parametrize("words", ["", "   ", "%", "_", ".*", "(" * 50, "x" * 5_000, "absent"])
def test_odd_words_find_nothing_and_break_nothing(room, creator, words):
    actions.post_message(room, author=creator, text="R290 is propane")

    assert 'class="found"' not in found(creator, room, words)


def test_what_was_taken_away_is_not_found(room, creator, rival, master):
    removed, hidden, blocked = (
        actions.post_message(room, author=author, text="zanzibar") for author in (creator, creator, rival)
    )
    actions.remove_message(removed, actor=creator)
    actions.hide_message(hidden, actor=master, rationale="No")
    actions.block_person(rival, actor=creator)

    assert list(queries.said_in(room, creator, ["zanzibar"])) == []
    assert list(queries.said_in(room, master, ["zanzibar"])) == [blocked]


def test_a_private_room_is_found_in_by_its_own_alone(organisation, owner, creator):
    private = talk(room_of(organisation), [owner], 3)

    client = Client()
    client.force_login(creator)
    assert client.get(f"{private.get_absolute_url()}search/", {"q": "message"}).status_code == 404
    assert found(owner, private, "message").count("<mark>Message</mark>") == 3


def test_more_is_a_page_further(room, creator):
    talk(room, [creator], 45)

    assert found(creator, room, "message").count("<mark>Message</mark>") == 20


def test_a_day_leads_to_what_was_said_from_then_on(room, creator):
    first, second = (actions.post_message(room, author=creator, text=text) for text in ("Long ago", "Of late"))
    type(first).objects.filter(pk=first.pk).update(created_at="2026-01-05T10:00Z")
    type(second).objects.filter(pk=second.pk).update(created_at="2026-03-05T10:00Z")
    page = Client()

    shown = [page.get(room.get_absolute_url(), {"on": day}).content.decode() for day in ("2026-01-01", "2026-02-01")]

    assert ["Long ago" in html for html in shown] == [True, False]
    assert ["Of late" in html for html in shown] == [True, True]
