"""What is said in the rooms."""

from __future__ import annotations

from functools import partial

from challenges.audiences import PUBLIC
from portal.discussions.actions import found_community_room, pin, post_message, react
from portal.discussions.models import Message
from portal.discussions.queries import room_of

from . import reading
from .script import Script
from .seeking import current


def write(script: Script) -> None:
    """Every message at its moment; a community room opens with the first."""
    for row in reading.rows("talk", "room"):
        for person, day, text, *answered in row["messages"]:
            script.on(day, partial(_say_beside, script, row["challenge"], person, text, *answered))
        for number, person, day, sign in row.get("marks", ()):
            script.on(day, partial(_mark, script, row["challenge"], number, person, sign))
        for number, person, day in row.get("pins", ()):
            script.on(day, partial(_pin, script, row["challenge"], number, person))
    for row in reading.rows("talk", "community"):
        script.on(row["messages"][0][1] - 0.1, partial(_open, script, row["title"]))
        for person, day, text in row["messages"]:
            script.on(day, partial(_say_in, script, row["title"], person, text))


def _say_beside(script: Script, challenge: str, person: str, text: str, answered: int | None = None) -> None:
    room = room_of(PUBLIC, current(script, challenge))
    if room is not None:
        post_message(room, author=script.made[person], text=text, reply_to=answered)


def _mark(script: Script, challenge: str, number: int, person: str, sign: str) -> None:
    if message := _message(script, challenge, number):
        react(message, actor=script.made[person], sign=sign, on=True)


def _pin(script: Script, challenge: str, number: int, person: str) -> None:
    if message := _message(script, challenge, number):
        pin(message, actor=script.made[person], on=True)


def _message(script: Script, challenge: str, number: int) -> Message | None:
    room = room_of(PUBLIC, current(script, challenge))
    return room.messages.filter(seq=number).first() if room else None


def _open(script: Script, title: str) -> None:
    script.made[title] = found_community_room(title, actor=script.made["mara"])


def _say_in(script: Script, title: str, person: str, text: str) -> None:
    post_message(script.made[title], author=script.made[person], text=text)
