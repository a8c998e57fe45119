"""What ``visible_to`` lists is what the rules admit, for everyone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.discussions.actions import hide_message
from portal.discussions.enums import CaseState
from portal.discussions.models import Message, ModerationCase, Room
from portal.discussions.rules import can_read_room, can_view_case, can_view_message, is_shown
from search.authorise import visible_rows
from tests.factories.discussions import MessageFactory, RoomFactory, pointer, room_of, talk
from tests.factories.moderation import CaseFactory, said_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def rooms(organisation, rival_organisation, creator):
    """Rooms of every sort: for everybody, for two organisations, for an organisation that is gone, for nobody known."""
    gone = room_of(rival_organisation)
    gone.object_id = 10**9
    gone.save()
    made = [
        RoomFactory(),
        room_of(organisation),
        room_of(rival_organisation),
        gone,
        RoomFactory(audience="nobody-knows"),
        RoomFactory(audience="members-for-tests"),
    ]
    for room in made:
        MessageFactory(room=room, author=creator)
    return made


@pytest.mark.parametrize("who", ["anonymous", "master", "owner", "colleague", "creator", "rival"])
def test_visible_rooms_and_messages_are_those_the_rules_admit(who, rooms, request):
    user = request.getfixturevalue(who)

    assert set(Room.objects.visible_to(user)) == {room for room in Room.objects.all() if can_read_room(user, room)}
    assert set(Message.objects.visible_to(user)) == {m for m in Message.objects.all() if can_view_message(user, m)}


def test_members_see_their_room_and_others_do_not(rooms, colleague, rival):
    everybodys, acmes, rivals = rooms[:3]

    assert set(Room.objects.visible_to(colleague)) == {everybodys, acmes}
    assert set(Room.objects.visible_to(rival)) == {everybodys, rivals}


def test_unread_counts_what_came_since(creator, rival):
    followed, unknown = talk(RoomFactory(), [rival], 7), talk(RoomFactory(), [rival], 7)
    pointer(followed, creator, 4)

    unread = {room.pk: room.unread for room in Room.objects.visible_to(creator).with_unread(creator)}

    assert unread == {followed.pk: 3, unknown.pk: None}
    assert list(Room.objects.unread_by(creator)) == [followed]


@pytest.mark.parametrize("who", ["anonymous", "master", "owner", "creator", "rival"])
def test_visible_cases_are_those_the_rule_admits(who, creator, owner, request):
    user = request.getfixturevalue(who)
    for author in (creator, owner):
        for state in CaseState.values:
            CaseFactory(message=said_by(author), state=state, outcome="hide")

    assert set(ModerationCase.objects.visible_to(user)) == {
        c for c in ModerationCase.objects.all() if can_view_case(user, c)
    }


def test_messages_that_say_something_are_those_the_rule_shows(creator):
    now = timezone.now()
    for fields in ({}, {"hidden_at": now}, {"removed_at": now}, {"hidden_at": now, "removed_at": now}):
        gone = {"text": "", "html": ""} if "removed_at" in fields else {}
        MessageFactory(author=creator, **fields, **gone)

    assert set(Message.objects.saying_something()) == {m for m in Message.objects.all() if is_shown(creator, m)}
    assert Message.objects.saying_something().count() == 1


@pytest.mark.parametrize("who", ["anonymous", "master", "creator", "rival"])
def test_hits_of_a_message_are_no_more_once_it_is_hidden(who, creator, master, request):
    message = said_by(creator)
    hide_message(message, actor=master, rationale="Advertising")

    assert list(visible_rows("message", request.getfixturevalue(who))) == []
