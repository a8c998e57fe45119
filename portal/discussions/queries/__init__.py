"""What is read of rooms: lists, and a window on a room's history."""

from .history import (
    WINDOW,
    Mark,
    Window,
    first_since,
    marked,
    messages_after,
    messages_in,
    pinned_in,
    thread,
    window,
    window_around,
)
from .moderation import (
    around,
    blocked_by,
    blockers_of,
    blockings_of,
    has_blocked,
    muting_of,
    mutings_in,
    phrases_in,
    record_of,
    waiting_cases,
)
)
from .rooms import pointer_of, room_of, rooms_about, rooms_of, subject_for, unread_rooms

__all__ = [
    "WINDOW",
    "Mark",
    "Window",
    "around",
    "blocked_by",
    "blockers_of",
    "blockings_of",
    "first_since",
    "has_blocked",
    "marked",
    "messages_after",
    "messages_in",
    "muting_of",
    "mutings_in",
    "phrases_in",
    "pinned_in",
    "pointer_of",
    "record_of",
    "room_of",
    "rooms_about",
    "rooms_of",
    "subject_for",
    "thread",
    "unread_rooms",
    "waiting_cases",
    "window",
    "window_around",
]
