"""Rooms, what is said in them, how far each person has read, and what is decided about what was said."""

from .message import Message
from .moderation import Blocking, ModerationCase, Muting, Report, WatchedPhrase
from .reading import ReadPointer
from .room import Room

__all__ = ["Blocking", "Message", "ModerationCase", "Muting", "ReadPointer", "Report", "Room", "WatchedPhrase"]
