"""What keeps the talk in order: a word list, a message that waits in the queue, and one that is hidden."""

from __future__ import annotations

from functools import partial
from typing import Any

from challenges.audiences import PUBLIC
from portal.discussions import actions
from portal.discussions.models import Message
from portal.discussions.queries import room_of

from . import reading
from .script import Script
from .seeking import current


def write(script: Script) -> None:
    """The word list first, then each message and what came of it."""
    for row in reading.rows("order", "phrase"):
        script.on(-30, partial(_watch, script, row["text"], row["deed"]))
    for row in reading.rows("order", "message"):
        script.on(row["day"], partial(_say, script, row))
        for reporter, day, reason, words in row.get("reports", ()):
            script.on(day, partial(_report, script, row, reporter, reason, words))
        if "hidden" in row:
            moderator, day, why = row["hidden"]
            script.on(day, partial(_hide, script, row, moderator, why))


def _watch(script: Script, text: str, deed: str) -> None:
    actions.watch_phrase(text, deed, actor=script.made["mara"])


def _say(script: Script, row: dict[str, Any]) -> None:
    room = room_of(PUBLIC, current(script, row["challenge"]))
    if room is not None:
        script.made[row["text"]] = actions.post_message(room, author=script.made[row["person"]], text=row["text"])


def _said(script: Script, row: dict[str, Any]) -> Message | None:
    return script.made.get(row["text"])


def _report(script: Script, row: dict[str, Any], reporter: str, reason: str, words: str) -> None:
    message = _said(script, row)
    if message is not None:
        actions.report_message(message, reporter=script.made[reporter], reason=reason, words=words)


def _hide(script: Script, row: dict[str, Any], moderator: str, why: str) -> None:
    message = _said(script, row)
    if message is not None:
        actions.hide_message(message, actor=script.made[moderator], rationale=why)
