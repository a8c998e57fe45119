"""What happens in rooms."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from portal.discussions import actions
from portal.discussions.models import Message, ReadPointer, Room
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused, TooLarge
from tests.factories.accounts import UserFactory
from tests.factories.discussions import MEMBERS, MessageFactory, RoomFactory, room_of, talk

pytestmark = pytest.mark.django_db


def test_open_room_gives_the_same_room_again(organisation):
    first = actions.open_room(MEMBERS, organisation, "The room")

    again = actions.open_room(MEMBERS, organisation, "The room, renamed")

    assert (again.pk, again.title, Room.objects.count()) == (first.pk, "The room, renamed", 1)


def test_open_room_of_an_unknown_audience_is_a_mistake_of_the_caller(organisation):
    with pytest.raises(ValueError, match="nobodys-business"):
        actions.open_room("nobodys-business", organisation, "x")


def test_only_the_master_founds_community_rooms(master, creator):
    room = actions.found_community_room("Solid-state cooling", actor=master)

    assert (room.audience, room.subject) == ("community", None)
    with pytest.raises(Missing):
        actions.found_community_room("Mine", actor=creator)


def test_messages_are_numbered_without_a_gap(creator, rival):
    room = RoomFactory()

    seqs = [actions.post_message(room, author=who, text="Hi").seq for who in (creator, rival, creator)]

    room.refresh_from_db()
    assert (seqs, room.seq) == ([1, 2, 3], 3)


def test_a_rolled_back_message_leaves_no_gap(creator):
    room = RoomFactory()

    with transaction.atomic():
        actions.post_message(room, author=creator, text="never")
        transaction.set_rollback(True)

    assert actions.post_message(room, author=creator, text="said").seq == 1


def test_a_resend_is_the_same_message(creator):
    room, client_id = RoomFactory(), uuid.uuid4()
    first = actions.post_message(room, author=creator, text="once", client_id=client_id)

    again = actions.post_message(room, author=creator, text="once", client_id=client_id)

    assert (again.pk, Message.objects.count()) == (first.pk, 1)


def test_the_same_id_of_somebody_else_is_another_message(creator, rival):
    room, client_id = RoomFactory(), uuid.uuid4()
    first = actions.post_message(room, author=creator, text="mine", client_id=client_id)

    other = actions.post_message(room, author=rival, text="mine", client_id=client_id)

    assert (first.seq, other.seq) == (1, 2)


def test_an_id_that_was_used_in_another_room_is_refused(creator):
    client_id = uuid.uuid4()
    actions.post_message(RoomFactory(), author=creator, text="here", client_id=client_id)

    with pytest.raises(Refused):
        actions.post_message(RoomFactory(), author=creator, text="there", client_id=client_id)


@pytest.mark.parametrize("text", ["", "   \n ", "\x00"])
def test_nothing_is_not_a_message(creator, text):
    room = RoomFactory()

    with pytest.raises(Refused) as refused:
        actions.post_message(room, author=creator, text=text)

    room.refresh_from_db()
    assert (refused.value.code, room.seq) == ("empty", 0)


def test_ten_thousand_characters_are_the_most(creator):
    room = RoomFactory()

    assert actions.post_message(room, author=creator, text="я" * 10_000).seq == 1
    with pytest.raises(TooLarge):
        actions.post_message(room, author=creator, text="я" * 10_001)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil.example/pixel.png)",
        '"><svg onload=alert(1)>',
        "<a href='data:text/html,<script>1</script>'>x</a>",
    ],
)
def test_nothing_that_runs_gets_into_a_message(creator, text):
    html = actions.post_message(RoomFactory(), author=creator, text=text).html

    lowered = html.lower()
    assert not any(bad in lowered for bad in ("<script", "<img", "<svg", 'href="javascript', 'href="data'))


def test_strangers_unverified_and_anonymous_people_do_not_write(organisation, creator, anonymous):
    private, public = room_of(organisation), RoomFactory()
    unverified = UserFactory(verified=False)

    for room, author in [(private, creator), (public, unverified), (public, anonymous)]:
        with pytest.raises(Missing):
            actions.post_message(room, author=author, text="let me in")
    assert Message.objects.count() == 0


def test_a_closed_room_is_read_and_not_written_in(master, creator):
    room = RoomFactory()
    actions.post_message(room, author=creator, text="last word")

    closed = actions.close_room(room, actor=master)

    assert closed.is_closed
    with pytest.raises(actions.RoomClosed):
        actions.post_message(room, author=creator, text="one more")
    with pytest.raises(Missing):
        actions.close_room(RoomFactory(), actor=creator)


def test_a_message_that_meets_a_closing_room_is_refused(master, creator):
    stale = RoomFactory()
    actions.close_room(Room.objects.get(pk=stale.pk), actor=master)

    with pytest.raises(actions.RoomClosed):
        actions.post_message(stale, author=creator, text="too late")


def test_editing_is_the_authors_alone(creator, master):
    message = actions.post_message(RoomFactory(), author=creator, text="teh")

    edited = actions.edit_message(message, actor=creator, text="the *word*")

    assert (edited.text, edited.html, edited.edited_at is not None) == (
        "the *word*",
        "<p>the <em>word</em></p>\n",
        True,
    )
    with pytest.raises(Missing):
        actions.edit_message(message, actor=master, text="put into your mouth")


def test_removing_takes_the_words_and_leaves_the_place(creator, master, rival):
    message = actions.post_message(RoomFactory(), author=creator, text="a secret")

    with pytest.raises(Missing):
        actions.remove_message(message, actor=rival)
    removed = actions.remove_message(message, actor=master)

    assert (removed.text, removed.html, removed.is_removed, removed.seq) == ("", "", True, 1)
    assert [event.action for event in audit.history(removed)] == ["message.remove"]
    with pytest.raises(Missing):
        actions.edit_message(removed, actor=creator, text="back again")


def test_a_reader_goes_forward_only_and_not_past_the_end(creator, rival):
    room = talk(RoomFactory(), [rival], 5)

    reached = [actions.mark_read(room, user=creator, seq=seq) for seq in (3, 2, 99)]

    assert (reached, ReadPointer.objects.get(user=creator).seq) == ([3, 2, 5], 5)


def test_reading_is_for_those_who_may(organisation, creator, anonymous):
    with pytest.raises(Missing):
        actions.mark_read(room_of(organisation), user=creator, seq=1)
    with pytest.raises(Missing):
        actions.mark_read(RoomFactory(), user=anonymous, seq=1)


def test_who_writes_has_read(creator, rival):
    room = talk(RoomFactory(), [rival], 5)

    actions.post_message(room, author=creator, text="and I say")

    assert Room.objects.visible_to(creator).with_unread(creator).get().unread == 0


def test_a_message_knows_where_it_stands(creator):
    message = MessageFactory(author=creator, seq=7)

    assert message.get_absolute_url() == f"/rooms/{message.room.public_id}/?at=7#message-{message.client_id}"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_numbered_one_to_a_hundred():
    room = RoomFactory()
    people = UserFactory.create_batch(20)
    failures: list[Exception] = []

    def say(person):
        try:
            for _turn in range(5):
                actions.post_message(room, author=person, text="all at once")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=say, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert list(room.messages.order_by("seq").values_list("seq", flat=True)) == list(range(1, 101))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_ten_resends_at_once_are_one_message():
    room, person, client_id = RoomFactory(), UserFactory(), uuid.uuid4()
    seqs: list[int] = []

    def say():
        seqs.append(actions.post_message(room, author=person, text="once", client_id=client_id).seq)
        connection.close()

    threads = [threading.Thread(target=say) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    room.refresh_from_db()
    assert (seqs, room.seq, Message.objects.count()) == ([1] * 10, 1, 1)


def test_nobody_is_somebody_only_where_everybody_reads(organisation):
    rooms = Room.objects.visible_to(AnonymousUser())

    room_of(organisation)
    open_to_all = RoomFactory()

    assert list(rooms) == [open_to_all]


def test_changes_of_a_room_are_numbered_apart_from_what_is_said(creator):
    room = RoomFactory()
    first, second = (actions.post_message(room, author=creator, text="Hi") for _ in range(2))

    actions.edit_message(second, actor=creator, text="Hello")
    actions.remove_message(first, actor=creator)
    actions.edit_message(second, actor=creator, text="Hello")

    room.refresh_from_db()
    changed = Message.objects.order_by("revision").values_list("seq", "revision")
    assert (room.seq, room.revision, list(changed)) == (2, 2, [(2, 1), (1, 2)])
