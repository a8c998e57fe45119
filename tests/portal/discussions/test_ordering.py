"""Locks, slow mode, mutes and blocks: who may write, how often, and who is heard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.discussions import actions, queries
from portal.discussions.actions import Muted, RoomLocked, TooFast
from portal.discussions.models import Blocking, Message, Muting, Room
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused
from portal.notifications.models import Notification
from tests.factories.discussions import RoomFactory, room_of
from tests.factories.moderation import CaseFactory, said_by

pytestmark = pytest.mark.django_db


def say(room: Room, author: Any, **more: Any) -> Message:
    return actions.post_message(room, author=author, text="Hello", **more)


def muted(person: Any, room: Room | None, *, hours: int = 1) -> Muting:
    case = CaseFactory(message=said_by(person), state="upheld", outcome="mute")
    return Muting.objects.create(person=person, room=room, case=case, until=timezone.now() + timedelta(hours=hours))


def test_in_a_locked_room_moderators_alone_write(organisation: Any, owner: Any, colleague: Any) -> None:
    room = room_of(organisation)

    for _twice in range(2):
        actions.lock_room(room, actor=owner)
    with pytest.raises(RoomLocked):
        say(room, colleague)
    say(room, owner)
    actions.unlock_room(room, actor=owner)
    say(room, colleague)

    assert [event.action for event in audit.history(room)] == ["room.lock", "room.unlock"]


def test_only_moderators_lock_and_slow(organisation: Any, colleague: Any, master: Any) -> None:
    room = room_of(organisation)

    for actor in (colleague, master):
        with pytest.raises(Missing):
            actions.lock_room(room, actor=actor)
        with pytest.raises(Missing):
            actions.slow_room(room, actor=actor, seconds=30)
    assert Room.objects.filter(locked_at__isnull=True, slow_seconds=0).count() == 1


def test_slow_mode_counts_for_each_person_and_says_how_long(master: Any, creator: Any, rival: Any) -> None:
    room, start = RoomFactory(), timezone.now()
    actions.slow_room(room, actor=master, seconds=30)
    say(room, creator, at=start)

    with pytest.raises(TooFast) as refusal:
        say(room, creator, at=start + timedelta(seconds=10))
    say(room, rival, at=start + timedelta(seconds=10))
    say(room, creator, at=start + timedelta(seconds=30))
    for second in (31, 32):
        say(room, master, at=start + timedelta(seconds=second))

    assert (refusal.value.seconds, refusal.value.code) == (20, "too_fast")
    room.refresh_from_db()
    assert room.seq == 5


@pytest.mark.parametrize("seconds", [-1, 24 * 3600 + 1])
def test_slow_mode_is_at_most_a_day(master: Any, seconds: int) -> None:
    with pytest.raises(Refused):
        actions.slow_room(RoomFactory(), actor=master, seconds=seconds)


def test_the_muted_write_nowhere_the_muting_reaches(creator: Any) -> None:
    here, there = RoomFactory(), RoomFactory()
    message = say(here, creator)
    muted(creator, here)

    with pytest.raises(Muted):
        say(here, creator)
    with pytest.raises(Muted):
        actions.edit_message(message, actor=creator, text="Goodbye")
    say(there, creator)
    muted(creator, None)
    with pytest.raises(Muted):
        say(there, creator)


def test_a_muting_ends_by_time_and_by_a_moderator(creator: Any, rival: Any, master: Any) -> None:
    room = RoomFactory()
    over, lifted = muted(creator, room, hours=-1), muted(creator, room)

    with pytest.raises(Missing):
        actions.lift_muting(lifted, actor=rival)
    actions.lift_muting(lifted, actor=master)
    say(room, creator)

    assert (over.lifted_at, queries.muting_of(creator, room)) == (None, None)
    assert [event.action for event in audit.history(creator)] == ["person.unmute"]


def test_blocking_is_ones_own_affair(creator: Any, rival: Any) -> None:
    for _twice in range(2):
        actions.block_person(rival, actor=creator)

    assert list(Blocking.objects.values_list("blocker", "blocked")) == [(creator.pk, rival.pk)]
    assert (queries.has_blocked(creator, rival), queries.has_blocked(rival, creator)) == (True, False)
    assert queries.blockers_of(rival, [creator.pk, rival.pk]) == {creator.pk}
    actions.unblock_person(rival, actor=creator)
    assert queries.has_blocked(creator, rival) is False


def test_whoever_blocked_somebody_is_not_told_that_they_were_called(creator: Any, rival: Any, master: Any) -> None:
    actions.block_person(rival, actor=creator)

    actions.post_message(RoomFactory(), author=rival, text=f"@**{creator}** @**{master}**")

    assert [notice.user for notice in Notification.objects.all()] == [master]


def test_nobody_blocks_themselves_or_is_blocked_by_nobody(creator: Any, anonymous: Any) -> None:
    for person, actor in ((creator, creator), (creator, anonymous)):
        with pytest.raises(Missing):
            actions.block_person(person, actor=actor)
