"""What is read of rooms: lists, and a window on a room's history."""

from .history import WINDOW, Window, messages_after, messages_in, window, window_around
from .rooms import pointer_of, room_of, rooms_about, rooms_of, subject_for, unread_rooms

__all__ = [
    "WINDOW",
    "Window",
    "messages_after",
    "messages_in",
    "pointer_of",
    "room_of",
    "rooms_about",
    "rooms_of",
    "subject_for",
    "unread_rooms",
    "window",
    "window_around",
]
