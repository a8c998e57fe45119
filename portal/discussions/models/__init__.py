"""Rooms, what is said in them and left on it, how far each person has read, and what is decided about it."""

from .marks import EarlierText, Mention, Reaction
from .message import Message
from .moderation import Blocking, ModerationCase, Muting, Report, WatchedPhrase
from .reading import ReadPointer
from .room import Room

__all__ = [
    "Blocking",
    "EarlierText",
    "Mention",
    "Message",
    "ModerationCase",
    "Muting",
    "Reaction",
    "ReadPointer",
    "Report",
    "Room",
    "WatchedPhrase",
]
