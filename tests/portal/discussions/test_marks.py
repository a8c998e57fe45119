"""What people leave on messages: answers, signs, pins, other words."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.discussions import actions, queries
from portal.discussions.enums import Sign
from portal.discussions.events import said
from portal.discussions.models import EarlierText, Message, Reaction
from portal.kernel.errors import Missing, Refused
from portal.live import limits
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory, room_of, talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_said_anything():
    limits.MESSAGES.reset()


@pytest.fixture
def room():
    return RoomFactory(title="Heat pumps")


def as_person(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


# --- answers -----------------------------------------------------------------------------------


def test_an_answer_to_an_answer_belongs_to_the_same_thread(room, creator, rival):
    root = actions.post_message(room, author=creator, text="Which fluid?")
    first = actions.post_message(room, author=rival, text="R290", reply_to=root.seq)
    second = actions.post_message(room, author=creator, text="Why?", reply_to=first.seq)
    actions.post_message(room, author=creator, text="Something else")

    assert [message.seq for message in queries.thread(root)] == [1, 2, 3]
    assert (said(second)["reply_to"], "reply_to" in said(root)) == ({"seq": 1, "name": str(creator)}, False)


@pytest.mark.parametrize("seq", [7, 0])
def test_what_is_not_there_cannot_be_answered(room, creator, seq):
    with pytest.raises(Refused, match="not in this room"):
        actions.post_message(room, author=creator, text="Hm", reply_to=seq)

    assert Message.objects.count() == 0


def test_a_message_of_another_room_cannot_be_answered(room, creator, organisation):
    talk(room_of(organisation), [creator], 3)

    with pytest.raises(Refused):
        actions.post_message(room, author=creator, text="Hm", reply_to=3)


def test_answering_by_plain_pages(room, creator, rival):
    actions.post_message(room, author=rival, text="Which fluid?")
    page = as_person(creator)

    assert f"In answer to {rival}" in page.get(f"{room.get_absolute_url()}?reply=1").content.decode()
    page.post(f"{room.get_absolute_url()}messages/new/", {"text": "R290", "reply_to": "1"})

    thread = page.get(f"{room.get_absolute_url()}messages/1/thread/").content.decode()
    assert ("R290" in thread, "Which fluid?" in thread) == (True, True)
    assert "1 answer" in page.get(room.get_absolute_url()).content.decode()


def remove(message, master):
    actions.remove_message(message, actor=message.author)


def hide(message, master):
    actions.hide_message(message, actor=master, rationale="No")


@pytest.mark.parametrize("take_away", [remove, hide])
def test_what_was_taken_away_is_quoted_nowhere(room, creator, rival, master, take_away):
    root = actions.post_message(room, author=rival, text="Zanzibar is the word")
    actions.post_message(room, author=creator, text="Indeed", reply_to=1)
    page = as_person(creator)
    assert page.get(room.get_absolute_url()).content.decode().count("Zanzibar") == 2

    actions.pin(root, actor=master, on=True)
    actions.edit_message(root, actor=rival, text="Zanzibar it is")
    take_away(root, master)

    for address in (
        "",
        "messages/1/thread/",
        "messages/2/thread/",
        "messages/1/",
        "messages/2/",
        "messages/1/history/",
        "?reply=1",
    ):
        assert "Zanzibar" not in page.get(f"{room.get_absolute_url()}{address}").content.decode()


# --- signs -------------------------------------------------------------------------------------


def test_a_sign_counts_once_a_person_and_can_be_taken_off(room, creator, rival):
    message = actions.post_message(room, author=creator, text="Done")

    for person in (creator, rival, rival):
        actions.react(message, actor=person, sign=Sign.YES, on=True)
    marked = actions.react(message, actor=rival, sign=Sign.DONE, on=True)
    assert said(marked)["reactions"] == [["👍", 2], ["✅", 1]]

    actions.react(message, actor=creator, sign=Sign.YES, on=False)
    again = actions.react(message, actor=creator, sign=Sign.YES, on=False)

    assert (said(again)["reactions"], again.revision) == ([["👍", 1], ["✅", 1]], 4)


def test_signs_are_for_those_who_write_there(room, organisation, creator, owner):
    private = room_of(organisation)
    message = actions.post_message(private, author=owner, text="Ours")

    with pytest.raises(Missing):
        actions.react(message, actor=creator, sign=Sign.YES, on=True)
    with pytest.raises(Refused):
        actions.react(message, actor=owner, sign="💣", on=True)
    actions.remove_message(message, actor=owner)
    with pytest.raises(Missing):
        actions.react(message, actor=owner, sign=Sign.YES, on=True)

    assert Reaction.objects.count() == 0


def test_reacting_by_plain_forms(room, creator, rival):
    actions.post_message(room, author=rival, text="Done")
    page, address = as_person(creator), f"{room.get_absolute_url()}messages/1/react/"

    answer = page.post(address, {"sign": "🎉", "on": "yes"})
    assert answer.status_code == 302
    assert 'aria-pressed="true"' in page.get(room.get_absolute_url()).content.decode()
    assert 'aria-pressed="false"' in as_person(rival).get(room.get_absolute_url()).content.decode()

    assert page.post(address, {"sign": "🎉"}, headers={"X-Requested-With": "fetch"}).status_code == 204
    assert page.post(address, {"sign": "no sign"}).status_code == 400
    assert Reaction.objects.count() == 0


def test_a_storm_of_signs_is_stopped(room, creator, rival, monkeypatch):
    monkeypatch.setattr(limits, "MESSAGES", limits.Limiter(rate=0.01, burst=3))
    actions.post_message(room, author=rival, text="Done")
    page, address = as_person(creator), f"{room.get_absolute_url()}messages/1/react/"

    answers = [page.post(address, {"sign": "🎉", "on": "yes" if n % 2 else ""}).status_code for n in range(6)]

    assert answers == [302, 302, 302, 400, 400, 400]


# --- pins --------------------------------------------------------------------------------------


def test_the_master_pins_and_everybody_sees_it(room, creator, master):
    message = actions.post_message(room, author=creator, text="Read this first")

    with pytest.raises(Missing):
        actions.pin(message, actor=creator, on=True)
    actions.pin(message, actor=master, on=True)
    assert "1 pinned message" in as_person(creator).get(room.get_absolute_url()).content.decode()

    as_person(master).post(f"{room.get_absolute_url()}messages/1/pin/", {"on": "no"})
    assert "pinned message" not in as_person(creator).get(room.get_absolute_url()).content.decode()


def test_twenty_pins_are_enough(room, creator, master, monkeypatch):
    monkeypatch.setattr("portal.discussions.actions.marks.MOST_PINNED", 2)
    talk(room, [creator], 3)
    first, second, third = room.messages.order_by("seq")
    for message in (first, second, second):
        actions.pin(message, actor=master, on=True)

    with pytest.raises(Refused, match="pinned here already"):
        actions.pin(third, actor=master, on=True)


# --- other words -------------------------------------------------------------------------------


def test_earlier_texts_are_kept_and_go_with_the_message(room, creator, rival):
    message = actions.post_message(room, author=creator, text="Zanzibar")
    actions.edit_message(message, actor=creator, text="Bombay")
    history = f"{room.get_absolute_url()}messages/1/history/"

    told = as_person(rival).get(history).content.decode()
    assert ("Zanzibar" in told, "Bombay" in told) == (True, True)

    actions.remove_message(message, actor=creator)

    assert as_person(rival).get(history).status_code == 404
    assert EarlierText.objects.count() == 0


def test_a_window_of_marked_messages_costs_one_query_more_and_no_further(room, creator, django_assert_max_num_queries):
    talk(room, [creator, UserFactory()], 40)
    reader = as_person(UserFactory())

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries_made:
            assert reader.get(room.get_absolute_url()).status_code == 200
        return len(queries_made)

    asked()
    plain = asked()
    costs = []
    for message in room.messages.order_by("seq")[:30]:
        actions.react(message, actor=creator, sign=Sign.YES, on=True)
        costs.append(message.seq)
        if len(costs) in (1, 30):
            assert asked() == plain + 1
