"""News as it travels between processes: a few short lines, the frame's text as it is, behind them."""

from __future__ import annotations

from typing import Final

from .news import Announcement, Doubt, Ending, Lost, News

PREFIX: Final = "portal:live:"
CONTROL: Final = f"{PREFIX}control"
"""The channel that every process hears: rights in doubt, topics that end."""


def channel_of(address: str) -> str:
    """Where news for ``address`` travels: heard only by processes with somebody there."""
    return f"{PREFIX}at:{address}"


def address_in(channel: str) -> str:
    """The address of a channel."""
    return channel.removeprefix(f"{PREFIX}at:")


def packed(origin: str, news: News) -> tuple[str, str]:
    """The channel and the text in which ``news`` from the process ``origin`` travels."""
    match news:
        case Announcement(address, text, seq, rev):
            return channel_of(address), f"{origin}\n{_shown(seq)}\n{_shown(rev)}\n{text}"
        case Ending(address, reason):
            return CONTROL, f"{origin}\nending\n{address}\n{reason}"
        case Doubt(user_id, address):
            return CONTROL, f"{origin}\ndoubt\n{user_id or ''}\n{address or ''}"
        case Lost():
            return CONTROL, f"{origin}\nlost\n\n"


def unpacked(channel: str, text: str) -> tuple[str, News]:
    """The process that announced, and what; ``ValueError`` for what is no news."""
    if channel != CONTROL:
        origin, seq, rev, said = text.split("\n", 3)
        return origin, Announcement(address_in(channel), said, _number(seq), _number(rev))
    origin, sort, first, second = text.split("\n", 3)
    if sort == "ending":
        return origin, Ending(first, second)
    if sort == "lost":
        return origin, Lost()
    return origin, Doubt(_number(first), second or None)


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(shown: str) -> int | None:
    return int(shown) if shown else None
