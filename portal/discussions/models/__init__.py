"""Rooms, what is said in them, and how far each person has read."""

from .message import Message
from .reading import ReadPointer
from .room import Room

__all__ = ["Message", "ReadPointer", "Room"]
