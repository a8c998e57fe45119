"""What happens in rooms: opened, talked in, corrected, read, closed. The same from page, socket, API and shell."""

from .messages import MOST_CHARACTERS, RoomClosed, edit_message, post_message, remove_message
from .reading import mark_read
from .rooms import close_room, found_community_room, open_room

__all__ = [
    "MOST_CHARACTERS",
    "RoomClosed",
    "close_room",
    "edit_message",
    "found_community_room",
    "mark_read",
    "open_room",
    "post_message",
    "remove_message",
]
