"""What happens in rooms: opened, talked in, corrected, read, kept in order, closed. The same from everywhere."""

from .blocking import block_person, unblock_person
from .deciding import (
    Sentence,
    answer_appeal,
    appeal_case,
    hide_message,
    keep_message,
    lift_muting,
    unhide_message,
    uphold_case,
)
from .marks import pin, react
from .messages import MOST_CHARACTERS, RoomClosed, edit_message, post_message, remove_message
from .ordering import SLOWEST, Muted, RoomLocked, TooFast, lock_room, slow_room, unlock_room
from .reading import mark_read
from .reporting import report_message
from .rooms import close_room, found_community_room, open_room
from .watching import Watched, unwatch_phrase, watch_phrase

__all__ = [
    "MOST_CHARACTERS",
    "SLOWEST",
    "Muted",
    "RoomClosed",
    "RoomLocked",
    "Sentence",
    "TooFast",
    "Watched",
    "answer_appeal",
    "appeal_case",
    "block_person",
    "close_room",
    "edit_message",
    "found_community_room",
    "hide_message",
    "keep_message",
    "lift_muting",
    "lock_room",
    "mark_read",
    "open_room",
    "pin",
    "post_message",
    "react",
    "remove_message",
    "report_message",
    "slow_room",
    "unblock_person",
    "unhide_message",
    "unlock_room",
    "unwatch_phrase",
    "uphold_case",
    "watch_phrase",
]
