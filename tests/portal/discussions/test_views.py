"""Pages of rooms, as a browser without scripts uses them."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.discussions import actions
from portal.discussions.models import Message, Room
from portal.live import limits
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory, pointer, room_of, talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_said_anything():
    limits.MESSAGES.reset()


def shown(html: str) -> list[int]:
    """The numbers of the messages in a page, in its order."""
    return [int(seq) for seq in re.findall(r'<article class="message[^"]*" data-seq="(\d+)"', html)]


def as_person(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_list_shows_what_one_may_see_and_what_is_new(organisation, creator, rival):
    followed = talk(RoomFactory(title="Heat pumps"), [rival], 5)
    room_of(organisation, title="Acme's own")
    pointer(followed, creator, 2)

    html = as_person(creator).get("/rooms/").content.decode()

    assert "Heat pumps" in html
    assert "3 new" in html
    assert "Acme" not in html


def test_an_empty_list_says_what_to_do(client):
    assert "No rooms yet" in client.get("/rooms/").content.decode()


@pytest.mark.parametrize("query", ["?page=-1", "?after=nonsense", "?after=" + "x" * 3000])
def test_a_place_nobody_gave_out_is_the_first_page(client, query):
    RoomFactory(title="Heat pumps")

    assert "Heat pumps" in client.get(f"/rooms/{query}").content.decode()


def test_a_forged_room_and_a_forbidden_one_are_the_same_nothing(client, creator, organisation):
    private = room_of(organisation)
    visitor = as_person(creator)

    answers = [visitor.get(f"/rooms/{key}/") for key in (private.public_id, "guessed", uuid.uuid4())]
    answers += [visitor.get(f"/rooms/{private.public_id}/messages/"), client.get(f"/rooms/{private.public_id}/")]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert answers[0].content == answers[1].content or private.title not in answers[0].content.decode()


def test_a_room_shows_the_newest_and_leads_to_earlier_ones(client, creator):
    room = talk(RoomFactory(), [creator], 120)

    newest = client.get(room.get_absolute_url()).content.decode()
    earlier = client.get(f"{room.get_absolute_url()}?before=71").content.decode()
    first = client.get(f"{room.get_absolute_url()}?before=21").content.decode()

    assert shown(newest) == list(range(71, 121))
    assert shown(earlier) == list(range(21, 71))
    assert shown(first) == list(range(1, 21))
    assert ("?before=71" in newest, "?before=" in first, "?after=70" in earlier) == (True, False, True)


def test_a_link_to_a_message_shows_what_is_around_it(client, creator):
    room = talk(RoomFactory(), [creator], 200)

    html = client.get(room.messages.get(seq=100).get_absolute_url()).content.decode()

    assert shown(html) == list(range(75, 125))


@pytest.mark.parametrize("query", ["before=x", "before=-5", "after=99999999999999999999", "at=0", "before=&after="])
def test_odd_places_show_the_newest(client, creator, query):
    room = talk(RoomFactory(), [creator], 3)

    answer = client.get(f"{room.get_absolute_url()}?{query}")

    assert (answer.status_code, shown(answer.content.decode())) == (200, [1, 2, 3])


def test_the_fragment_is_a_piece_of_history(client, creator):
    room = talk(RoomFactory(), [creator], 120)

    later = client.get(f"/rooms/{room.public_id}/messages/?after=100").content.decode()
    earlier = client.get(f"/rooms/{room.public_id}/messages/?before=11").content.decode()

    assert (shown(later), "data-later" in later, "data-earlier" in later) == (list(range(101, 121)), False, True)
    assert (shown(earlier), "data-later" in earlier, "data-earlier" in earlier) == (list(range(1, 11)), True, False)


def test_a_message_by_the_plain_form(creator):
    room, client_id = RoomFactory(), str(uuid.uuid4())
    person = as_person(creator)

    answers = [
        person.post(f"/rooms/{room.public_id}/messages/new/", {"text": "Plainly *said*", "client_id": client_id})
        for _twice in range(2)
    ]

    message = Message.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [message.get_absolute_url()] * 2
    assert "<em>said</em>" in person.get(message.get_absolute_url()).content.decode()


@pytest.mark.parametrize("text", ["", " ", "x" * 10_001])
def test_a_message_that_is_none_is_refused_in_words(creator, text):
    room = RoomFactory()

    answer = as_person(creator).post(f"/rooms/{room.public_id}/messages/new/", {"text": text})

    assert (answer.status_code, Message.objects.count()) == (400, 0)


def test_who_is_not_signed_in_is_asked_to(client):
    room = RoomFactory()

    page = client.get(room.get_absolute_url()).content.decode()
    answer = client.post(f"/rooms/{room.public_id}/messages/new/", {"text": "hello"})

    assert "data-composer" not in page
    assert f'/account/login/?next={room.get_absolute_url()}"' in page
    assert (answer.status_code, Message.objects.count()) == (302, 0)


def test_an_unproved_address_reads_along(client):
    room = RoomFactory()
    person = as_person(UserFactory(verified=False))

    assert "data-composer" not in person.get(room.get_absolute_url()).content.decode()
    assert person.post(f"/rooms/{room.public_id}/messages/new/", {"text": "hello"}).status_code == 404


def test_the_form_is_limited_like_the_socket(creator, monkeypatch):
    monkeypatch.setattr(limits.MESSAGES, "_clock", lambda: 0.0)
    room, person = RoomFactory(), as_person(creator)
    for _ in range(100):
        limits.MESSAGES.allows(f"user:{creator.pk} {room.topic}")

    answer = person.post(f"/rooms/{room.public_id}/messages/new/", {"text": "one more"})

    assert (answer.status_code, Message.objects.count()) == (400, 0)


def test_what_is_said_cannot_become_mark_up(client, creator):
    creator.display_name = '<script>alert("name")</script>'
    creator.save()
    room = RoomFactory(title='"><script>alert(1)</script>')
    actions.post_message(room, author=creator, text="</article><script>alert(2)</script>")

    for url in (room.get_absolute_url(), "/rooms/", f"/rooms/{room.public_id}/messages/"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_editing_and_removing_by_page(creator, rival):
    message = actions.post_message(RoomFactory(), author=creator, text="teh")
    author, other = as_person(creator), as_person(rival)
    edit, remove = (
        reverse(f"discussions:message-{deed}", args=[message.room.public_id, 1]) for deed in ("edit", "remove")
    )

    assert [other.get(url).status_code for url in (edit, remove)] == [404, 404]
    assert author.get(edit).status_code == 200
    assert author.post(edit, {"text": ""}).status_code == 422
    assert author.post(edit, {"text": "the"}).status_code == 302
    assert "edited" in author.get(message.room.get_absolute_url()).content.decode()
    assert author.get(remove).status_code == 200
    assert author.post(remove).status_code == 302
    message.refresh_from_db()
    assert (message.text, message.is_removed) == ("", True)
    assert "This message was removed." in author.get(message.room.get_absolute_url()).content.decode()


def test_the_master_opens_and_closes_rooms(master, creator):
    curator, person = as_person(master), as_person(creator)

    made = curator.post("/rooms/new/", {"title": "Solid-state cooling"})
    room = Room.objects.get()
    close = reverse("discussions:room-close", args=[room.public_id])

    assert made.headers["Location"] == room.get_absolute_url()
    assert person.get("/rooms/new/").status_code == 404
    assert person.post(close).status_code == 404
    assert curator.post(close).status_code == 302
    page = person.get(room.get_absolute_url()).content.decode()
    assert ("data-composer" in page, "This room is closed" in page) == (False, True)
    assert person.post(f"/rooms/{room.public_id}/messages/new/", {"text": "but"}).status_code == 409


def test_reading_changes_nothing_until_one_says_so(creator, rival):
    room = talk(RoomFactory(), [rival], 3)
    pointer(room, creator, 1)
    person = as_person(creator)

    page = person.get(room.get_absolute_url()).content.decode()

    assert page.index("data-new>") < page.index('data-seq="2"')
    assert Room.objects.unread_by(creator).count() == 1
    person.post(f"/rooms/{room.public_id}/read/")
    assert Room.objects.unread_by(creator).count() == 0


def queries_for(person: Client, url: str) -> int:
    """How many queries the page takes, once everything that is kept has been read."""
    person.get(url)
    with CaptureQueriesContext(connection) as queries:
        person.get(url)
    return len(queries)


def test_a_room_costs_the_same_however_much_was_said(creator, rival):
    people = [creator, rival, *UserFactory.create_batch(3)]
    person = as_person(creator)

    costs = {queries_for(person, talk(RoomFactory(), people, said).get_absolute_url()) for said in (1, 3, 200)}

    assert len(costs) == 1
    assert costs.pop() <= 10


def test_the_list_costs_the_same_however_many_rooms(creator):
    person, costs = as_person(creator), set()

    for _room in range(3):
        talk(RoomFactory(), [creator], 2)
        costs.add(queries_for(person, "/rooms/"))

    assert len(costs) == 1
    assert costs.pop() <= 6
