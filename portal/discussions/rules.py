"""Who may read, write, change and close: predicates over rooms and messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rules import Predicate, predicate

from portal.accounts.queries import platform_masters
from portal.accounts.rules import has_verified_email, is_oneself, is_person, is_platform_master, is_present

from . import audiences
from .enums import CaseState
from .models import Message, ModerationCase, Muting, Room


@predicate
def can_read_room(user: Any, room: Room) -> bool:
    """The audience of the room takes ``user`` in. A room whose subject is gone, or unknown, is nobody's."""
    audience = audiences.find(room.audience)
    if audience is None or (room.object_id is None) != (audience.readable_ids is None):
        return False
    subject = room.subject
    return (subject is not None or room.object_id is None) and bool(audience.can_read(user, subject))


@predicate
def is_writer(user: Any, room: Room) -> bool:
    """The audience of the room lets ``user`` write, as far as it is concerned."""
    audience = audiences.find(room.audience)
    return audience is not None and bool(audience.can_write(user, room.subject))


@predicate
def is_open(user: Any, room: Room) -> bool:
    """Something can still be said in the room."""
    return not room.is_closed


@predicate
def is_author(user: Any, message: Message) -> bool:
    """``user`` said it."""
    return user.is_authenticated and message.author_id == user.pk


@predicate
def is_standing(user: Any, message: Message) -> bool:
    """The message has not been removed."""
    return not message.is_removed


@predicate
def is_shown(user: Any, message: Message) -> bool:
    """Neither removed nor hidden."""
    return message.is_shown


@predicate
def can_view_message(user: Any, message: Message) -> bool:
    """The message's room takes ``user`` in."""
    return bool(can_read_room(user, message.room))


@predicate
def can_write_beside(user: Any, message: Message) -> bool:
    """``user`` may write in the message's room, and it is open."""
    return bool((can_write_in & is_open)(user, message.room))


@predicate
def keeps_order(user: Any, room: Room) -> bool:
    """The audience of the room makes ``user`` a moderator of it."""
    audience = audiences.find(room.audience)
    return audience is not None and bool(audience.can_moderate(user, room.subject))


@predicate
def moderates_around(user: Any, message: Message) -> bool:
    """``user`` moderates the room of the message."""
    return bool(can_moderate(user, message.room))


@predicate
def is_case_author(user: Any, case: ModerationCase) -> bool:
    """The case is about a message of ``user``."""
    return is_person(user) and case.message.author_id == user.pk


@predicate
def is_told(user: Any, case: ModerationCase) -> bool:
    """Something was decided against the author: they know of the case."""
    return case.state not in (CaseState.OPEN, CaseState.DECLINED)


@predicate
def has_decided(user: Any, case: ModerationCase) -> bool:
    """The decision of the case was theirs."""
    return case.decided_by_id is not None and case.decided_by_id == user.pk


@predicate
def is_only_master(user: Any, case: ModerationCase | None = None) -> bool:
    """There is no other platform master who could decide."""
    return is_platform_master(user) and not platform_masters().exclude(pk=user.pk).exists()


@predicate
def moderates_case(user: Any, case: ModerationCase) -> bool:
    """``user`` moderates the room of the message that the case is about."""
    return bool(can_moderate(user, case.message.room))


@predicate
def moderates_muted_room(user: Any, muting: Muting) -> bool:
    """``user`` moderates the one room in which somebody is muted."""
    return muting.room is not None and bool(can_moderate(user, muting.room))


@predicate
def is_trusted_reporter(user: Any, obj: object = None) -> bool:
    """Their report counts towards hiding a message: a proved address, and an account older than a day."""
    return has_verified_email(user) and user.date_joined <= timezone.now() - timedelta(days=1)


is_reader: Predicate = is_person
"""Somebody whose reading is remembered."""

can_write_in: Predicate = has_verified_email & can_read_room & is_writer
"""May write in the room once it is open: asked apart from ``is_open``, whose "no" is worth its own words."""

can_edit_message: Predicate = is_author & is_shown & can_write_beside
can_remove_message: Predicate = can_view_message & is_standing & (is_author | is_platform_master)
can_react: Predicate = is_shown & can_write_beside
can_pin_message: Predicate = is_shown & moderates_around & can_write_beside
can_found_room: Predicate = is_platform_master
can_close_room: Predicate = can_read_room & is_platform_master & is_open
can_moderate: Predicate = can_read_room & (is_platform_master | keeps_order)
can_read_words: Predicate = can_view_message & is_standing & (is_shown | is_author | moderates_around)
"""Reads what a message says; where it is hidden, that is its author and whoever moderates the room."""

can_report_message: Predicate = is_person & can_view_message & is_shown & ~is_author
can_hide_message: Predicate = moderates_around & is_shown & ~is_author
can_unhide_message: Predicate = moderates_around & is_standing & ~is_shown & ~is_author
can_block: Predicate = is_person & is_present & ~is_oneself
can_lift_muting: Predicate = is_platform_master | moderates_muted_room
can_keep_word_list: Predicate = is_platform_master

can_view_case: Predicate = is_platform_master | (is_case_author & is_told)
can_decide_case: Predicate = (is_platform_master | moderates_case) & (~is_case_author | is_only_master)
"""Nobody judges their own words while there is somebody else who could."""
can_appeal_case: Predicate = is_case_author
can_answer_appeal: Predicate = is_platform_master & (is_only_master | (~is_case_author & ~has_decided))
