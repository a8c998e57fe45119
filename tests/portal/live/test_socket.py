"""The socket, from outside: what a program at its other end sees."""

from __future__ import annotations

import uuid

import pytest
from websockets.exceptions import InvalidStatus

from portal.accounts.models import Membership
from portal.discussions import actions
from portal.discussions.models import Message, Room
from portal.live import limits, publish
from portal.live.hub import MOST_SOCKETS
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory, room_of, talk

pytestmark = pytest.mark.django_db(transaction=True)


def new_id() -> str:
    return str(uuid.uuid4())


# --- joining ---------------------------------------------------------------------------------------


def test_whoever_joins_is_told_the_newest_number(dial, creator):
    room = talk(RoomFactory(), [creator], 3)

    joined = dial(creator).join(room.topic)

    assert (joined["seq"], joined["ref"], joined["topic"]) == (3, 1, room.topic)


def test_a_visitor_reads_a_public_room_and_does_not_write(dial, creator):
    room = RoomFactory()
    visitor = dial()
    visitor.join(room.topic)

    actions.post_message(room, author=creator, text="for everybody")
    visitor.say("send", topic=room.topic, id=new_id(), text="me too", ref=2)

    assert visitor.hear("message")["text"] == "for everybody"
    assert visitor.hear("error") == {"on": "error", "code": "unknown_topic", "ref": 2}


@pytest.mark.parametrize("topic", ["room:", "room:guessed", "room:../x", "room:'--", "nothing:1", "me:1", "room"])
def test_what_is_not_there_is_unknown(dial, creator, topic):
    client = dial(creator)

    client.say("join", topic=topic, ref=9)

    assert client.hear("error") == {"on": "error", "code": "unknown_topic", "ref": 9}


@pytest.mark.parametrize("do", ["join", "send", "read", "typing"])
def test_what_is_forbidden_is_unknown_too(dial, creator, organisation, do):
    room = room_of(organisation)
    client = dial(creator)

    client.say(do, topic=room.topic, id=new_id(), text="let me in", seq=1, ref=4)

    assert client.hear("error") == {"on": "error", "code": "unknown_topic", "ref": 4}
    assert room.messages.count() == 0


def test_nobody_hears_what_they_did_not_join(dial, creator, organisation, colleague):
    room = room_of(organisation)
    outsider, insider = dial(creator), dial(colleague)
    outsider.say("join", topic=room.topic, ref=1)
    insider.join(room.topic)

    actions.post_message(room, author=colleague, text="between us")

    assert insider.hear("message")["text"] == "between us"
    assert outsider.hears_nothing("message")


def test_who_has_left_hears_no_more(dial, creator):
    room = RoomFactory()
    client = dial()
    client.join(room.topic)

    client.say("leave", topic=room.topic)
    client.say("join", topic="room:another", ref=2)
    client.hear("error")
    actions.post_message(room, author=creator, text="are you there?")

    assert client.hears_nothing("message")


# --- talking ---------------------------------------------------------------------------------------


def test_a_message_reaches_everyone_and_is_acknowledged(dial, creator, rival):
    room = RoomFactory()
    speaker, listener = dial(creator), dial(rival)
    speaker.join(room.topic)
    listener.join(room.topic)
    sent = new_id()

    speaker.say("send", topic=room.topic, id=sent, text="Hello *all*", ref=7)

    acknowledged = speaker.hear("ack")
    heard = listener.hear("message")
    assert (acknowledged["id"], acknowledged["seq"], acknowledged["ref"]) == (sent, 1, 7)
    assert (heard["seq"], heard["id"], heard["text"]) == (1, sent, "Hello *all*")
    assert heard["html"] == "<p>Hello <em>all</em></p>\n"
    assert (heard["author"]["id"], heard["author"]["name"]) == (creator.public_id, "Cleo Creator")
    assert [frame for frame in speaker.heard if frame["on"] == "message"] or speaker.hear("message")


def test_a_resend_is_acknowledged_alike_and_heard_once(dial, creator):
    room, sent = RoomFactory(), new_id()
    client = dial(creator)
    client.join(room.topic)

    for ref in (1, 2):
        client.say("send", topic=room.topic, id=sent, text="once", ref=ref)

    assert [client.hear("ack", ref=ref)["seq"] for ref in (1, 2)] == [1, 1]
    assert client.hears_nothing("message")
    assert sum(frame["on"] == "message" for frame in client.heard) == 1


def test_edits_and_removals_are_told(dial, creator):
    room = RoomFactory()
    message = actions.post_message(room, author=creator, text="teh")
    client = dial()
    client.join(room.topic)

    actions.edit_message(message, actor=creator, text="the")
    actions.remove_message(message, actor=creator)

    assert client.hear("edited")["text"] == "the"
    gone = {"on": "removed", "topic": room.topic, "seq": 1, "id": str(message.client_id), "rev": 2}
    assert client.hear("removed") == gone


def test_typing_presence_and_reading(dial, creator, rival):
    room = talk(RoomFactory(), [creator], 2)
    typist, other, other_tab = dial(creator), dial(rival), dial(rival)
    for client in (typist, other):
        client.join(room.topic)
    other_tab.join("me")

    typist.say("typing", topic=room.topic)
    other.say("read", topic=room.topic, seq=2)

    assert other.hear("typing")["author"]["name"] == "Cleo Creator"
    assert typist.hear("presence", count=2)["topic"] == room.topic
    assert other_tab.hear("read") == {"on": "read", "topic": "me", "room": room.public_id, "seq": 2}


def test_what_is_for_one_person_reaches_nobody_else(dial, creator, rival):
    mine, theirs = dial(creator), dial(rival)
    for client in (mine, theirs):
        client.join("me")

    publish.publish_to(creator.pk, {"on": "notice", "subject": "You have won"})

    assert mine.hear("notice")["subject"] == "You have won"
    assert theirs.hears_nothing("notice")


# --- missing nothing -------------------------------------------------------------------------------


def test_whoever_was_away_gets_what_they_missed_in_order(dial, creator):
    room = talk(RoomFactory(), [creator], 10)
    client = dial()

    client.join(room.topic, after=4)

    assert [client.hear("message")["seq"] for _ in range(6)] == [5, 6, 7, 8, 9, 10]


def test_whoever_was_away_learns_what_became_of_what_they_have(dial, creator, master):
    room = talk(RoomFactory(), [creator], 4)
    first, second, third, fourth = room.messages.order_by("seq")
    client = dial()
    known = client.join(room.topic)["rev"]
    client.connection.close()

    actions.edit_message(first, actor=creator, text="In other words")
    actions.remove_message(second, actor=creator)
    actions.hide_message(third, actor=master, rationale="No")
    actions.edit_message(Message.objects.get(pk=first.pk), actor=creator, text="Once more")
    actions.edit_message(fourth, actor=creator, text="Not yet seen")

    back = dial()
    joined = back.join(room.topic, after=3, since=known)
    assert (joined["rev"], joined["changes"], known) == (5, 3, 0)
    assert back.hear("message")["text"] == "Not yet seen"
    told = [back.hear("removed"), *(back.hear("edited") for _ in range(2))]
    assert [(each["seq"], each["rev"], each.get("text")) for each in told] == [
        (2, 2, None),
        (3, 3, ""),
        (1, 4, "Once more"),
    ]
    again = dial()
    assert again.join(room.topic, after=4, since=5)["changes"] == 0


def test_who_missed_more_changes_than_are_told_loads_the_page_anew(dial, creator, monkeypatch):
    monkeypatch.setattr("portal.discussions.live.MOST_MISSED", 2)
    room = talk(RoomFactory(), [creator], 3)
    for message in room.messages.all():
        actions.edit_message(message, actor=creator, text="In other words")

    client = dial()
    joined = client.join(room.topic, after=3, since=0)

    assert (joined["changes"], client.hear("stale")["topic"]) == (0, room.topic)


def test_five_hundred_missed_come_and_one_more_is_a_gap(dial, creator):
    room = talk(RoomFactory(), [creator], 501)
    patient, late = dial(), dial()

    patient.join(room.topic, after=1)
    late.join(room.topic, after=0)

    assert [patient.hear("message")["seq"] for _ in range(500)] == list(range(2, 502))
    assert late.hear("gap") == {"on": "gap", "topic": room.topic, "from": 0}
    assert late.hears_nothing("message")


def test_nothing_falls_between_catching_up_and_listening(dial, creator):
    room = talk(RoomFactory(), [creator], 1)
    speaker, client = dial(creator), dial()
    speaker.join(room.topic)

    for turn in range(20):
        speaker.say("send", topic=room.topic, id=new_id(), text=f"turn {turn}", ref=turn)
        if turn == 10:
            client.say("join", topic=room.topic, after=0, ref=1)

    seqs = [client.hear("message")["seq"] for _ in range(21)]
    assert seqs == list(range(1, 22))


def test_the_news_of_many_at_once_arrives_in_order(dial):
    room = RoomFactory()
    listener = dial()
    listener.join(room.topic)
    people = [dial(person) for person in UserFactory.create_batch(6)]

    for turn in range(10):
        for person in people:
            person.say("send", topic=room.topic, id=new_id(), text=f"{turn}", ref=turn)

    assert [listener.hear("message")["seq"] for _ in range(60)] == list(range(1, 61))


# --- rights withdrawn ------------------------------------------------------------------------------


def test_signing_out_ends_the_socket(dial, client, creator):
    client.force_login(creator)
    room = RoomFactory()
    socket = dial(session=client.session.session_key)
    socket.join(room.topic)

    client.post("/account/logout/")

    assert socket.hear("gone", within=2) == {"on": "gone", "topic": room.topic, "reason": "signed_out"}
    assert socket.close_code() == 4401


def test_a_session_does_not_outlive_password_or_account(dial, creator, rival):
    room = RoomFactory()
    first, second = dial(creator), dial(rival)
    for socket in (first, second):
        socket.join(room.topic)

    creator.set_password("another long enough sentence")
    creator.save()
    rival.is_active = False
    rival.save()

    assert [socket.hear("gone", within=2)["reason"] for socket in (first, second)] == ["signed_out"] * 2
    assert [socket.close_code() for socket in (first, second)] == [4401, 4401]


def test_who_leaves_the_organisation_leaves_its_room(dial, organisation, colleague, owner):
    from portal.accounts.signals import membership_removed

    private, public = room_of(organisation), RoomFactory()
    leaver, stayer = dial(colleague), dial(owner)
    for topic in (private.topic, public.topic):
        leaver.join(topic)
    stayer.join(private.topic)

    Membership.objects.get(user=colleague).delete()
    membership_removed.send(sender=Membership, user=colleague, organisation=organisation, actor=owner)

    assert leaver.hear("gone", within=2) == {"on": "gone", "topic": private.topic, "reason": "withdrawn"}
    actions.post_message(private, author=owner, text="now between us")
    actions.post_message(public, author=owner, text="for all")
    assert stayer.hear("message")["text"] == "now between us"
    assert leaver.hear("message")["text"] == "for all"
    leaver.say("send", topic=private.topic, id=new_id(), text="still here?", ref=5)
    assert leaver.hear("error") == {"on": "error", "code": "unknown_topic", "ref": 5}


def test_a_closed_room_lets_everyone_go(dial, creator, master):
    room = RoomFactory()
    socket = dial(creator)
    socket.join(room.topic)

    actions.close_room(room, actor=master)

    assert socket.hear("gone", within=2) == {"on": "gone", "topic": room.topic, "reason": "closed"}
    socket.say("send", topic=room.topic, id=new_id(), text="wait", ref=3)
    assert socket.hear("error") == {"on": "error", "code": "closed", "ref": 3}


def test_rights_that_nobody_told_of_are_asked_again(dial, organisation, colleague, monkeypatch):
    monkeypatch.setattr("portal.live.hub.ROUND", 0.3)
    room = room_of(organisation)
    socket = dial(colleague)
    socket.join(room.topic)

    Membership.objects.filter(user=colleague).delete()

    assert socket.hear("gone", within=3)["reason"] == "withdrawn"


def test_a_room_whose_subject_is_gone_is_nobodys(dial, organisation, colleague):
    room = room_of(organisation)
    socket = dial(colleague)
    socket.join(room.topic)

    Room.objects.filter(pk=room.pk).update(object_id=10**9)
    publish.doubt_topic(room.topic)

    assert socket.hear("gone", within=2)["topic"] == room.topic


# --- who may connect -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "https://evil.example",
        "http://127.0.0.1.evil.example",
        "http://evil.example#127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "http://localhost@evil.example",
        "file://",
        "http://127.0.0.1:{port}/",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1:{port}, http://evil.example",
        "http://localhost:{port}",
    ],
)
def test_only_pages_of_the_portal_open_sockets(dial, server, creator, origin):
    given = origin.format(port=server.rpartition(":")[2]) if origin else origin

    with pytest.raises(InvalidStatus) as refused:
        dial(creator, origin=given)

    assert refused.value.response.status_code == 403


def test_an_eleventh_socket_is_one_too_many(dial, creator, rival):
    room = RoomFactory()
    sockets = [dial(creator) for _ in range(MOST_SOCKETS)]
    for socket in sockets:
        socket.join(room.topic)

    assert dial(creator).close_code() == 4429
    assert dial(rival).join(room.topic)["seq"] == 0


# --- what is too much ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[]",
        "1",
        "null",
        '{"do":"dance"}',
        '{"do":"join"}',
        '{"do":"join","topic":5}',
        '{"do":"join","topic":"me","after":-1}',
        '{"do":"join","topic":"me","after":true}',
        '{"do":"send","topic":"me","id":"no uuid","text":"x"}',
        '{"do":"send","topic":"me","id":"12345678-1234-4234-8234-123456789abc"}',
        '{"do":"join","topic":"me","more":{"nested":1}}',
        "[" * 30_000,
        '{"do":' * 900,
    ],
)
def test_what_makes_no_sense_is_a_bad_frame(dial, creator, text):
    client = dial(creator)

    client.connection.send(text)

    assert client.hear("error")["code"] == "bad_frame"
    assert client.join("me")["seq"] == 0


def test_binary_frames_are_bad_and_twenty_are_enough(dial):
    client = dial()

    for _ in range(20):
        client.connection.send(b"\x00\x01")

    assert client.close_code() == 4400
    assert [frame["code"] for frame in client.heard] == ["bad_frame"] * 20


def test_a_frame_over_64_kib_closes_the_socket(dial, creator):
    client = dial(creator)

    client.connection.send("x" * (64 * 1024 + 1))

    assert client.close_code() == 1009


def test_a_text_over_ten_thousand_characters_is_too_large(dial, creator):
    room = RoomFactory()
    client = dial(creator)

    client.say("send", topic=room.topic, id=new_id(), text="я" * 10_001, ref=8)
    client.say("send", topic=room.topic, id=new_id(), text="я" * 10_000, ref=9)

    assert client.hear("error") == {"on": "error", "code": "too_large", "ref": 8}
    assert client.hear("ack")["ref"] == 9


def test_a_flood_is_cut_and_others_talk_on(dial, creator, rival, monkeypatch):
    monkeypatch.setattr(limits.MESSAGES, "_clock", lambda: 0.0)
    room = RoomFactory()
    flood, other = dial(creator), dial(rival)
    other.join(room.topic)

    for turn in range(150):
        flood.say("send", topic=room.topic, id=new_id(), text=f"{turn}", ref=turn)
    other.say("send", topic=room.topic, id=new_id(), text="may I?", ref=1)

    assert other.hear("ack")["ref"] == 1
    assert [flood.hear("error", code="too_fast")["ref"] for _ in range(50)] == list(range(100, 150))


def test_a_reader_who_does_not_read_is_cut_off_and_others_hear_all(dial, server, creator):
    room = RoomFactory()
    fast, slow = dial(), dial(max_queue=1)
    for client in (fast, slow):
        client.join(room.topic)

    for turn in range(400):
        publish.publish(room.topic, {"on": "typing", "turn": turn, "author": {"name": "x" * 40_000}})
        assert fast.hear("typing")["turn"] == turn

    assert slow.close_code(within=20) == 4008
    assert len(slow.heard) < 400
