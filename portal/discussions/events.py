"""What those in a room are told, and telling them. The frames hold what every reader of the room may know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from portal.face.templatetags.face import hue, initials
from portal.live.publish import doubt_topic, end_topic, publish, publish_to

from .enums import Sign
from .models import Message, Room

if TYPE_CHECKING:
    from portal.accounts.models import User


def author_of(user: User) -> dict[str, Any]:
    """A person as the room sees them; ``initials`` and ``hue`` draw the avatar that the pages draw."""
    return {"id": user.public_id, "name": str(user), "initials": initials(user), "hue": hue(user.public_id)}


def said(message: Message) -> dict[str, Any]:
    """A message as a frame: what was said, or that it was removed or is hidden.

    The one shape for news and for catching up. Of a hidden message it holds no word, whoever asks.
    """
    frame: dict[str, Any] = {
        "on": "message",
        "seq": message.seq,
        "id": str(message.client_id),
        "author": author_of(message.author),
        "html": message.html if message.is_shown else "",
        "text": message.text if message.is_shown else "",
        "at": message.created_at.isoformat(),
    }
    if message.reply_to is not None:
        frame["reply_to"] = {"seq": message.reply_to.seq, "name": str(message.reply_to.author)}
    if not message.is_untouched:
        frame |= _touched(message)
    if message.edited_at:
        frame["edited"] = message.edited_at.isoformat()
    if message.removed_at:
        frame["removed"] = message.removed_at.isoformat()
    elif message.hidden_at:
        frame["hidden"] = message.hidden_at.isoformat()
    return frame


def _touched(message: Message) -> dict[str, Any]:
    """What has happened to a message since it was said."""
    counts = Counter(reaction.sign for reaction in message.reactions.all())
    frame: dict[str, Any] = {"rev": message.revision, "reactions": [[s, counts[s]] for s in Sign.values if counts[s]]}
    if message.pinned_at:
        frame["pinned"] = message.pinned_at.isoformat()
    return frame


def changed(message: Message) -> dict[str, Any]:
    """What has become of a message, as a frame: the one shape for news and for catching up."""
    if message.is_removed:
        place = {"seq": message.seq, "id": str(message.client_id), "rev": message.revision}
        return {"on": "removed", **place}
    return {**said(message), "on": "edited"}


def tell_posted(message: Message) -> None:
    """Something new was said."""
    publish(message.room.topic, said(message), seq=message.seq)


def tell_edited(message: Message) -> None:
    """Something was put in other words."""
    publish(message.room.topic, changed(message))


def tell_hidden(message: Message) -> None:
    """Something is hidden, or shown again: to be drawn anew, as an edited message is."""
    tell_edited(message)


def tell_reacted(message: Message, user: User, sign: str, on: bool) -> None:
    """Somebody put a sign on it, or took it off; ``by`` lets their own tabs show it as theirs."""
    by = {"id": user.public_id, "sign": sign, "has": on}
    publish(message.room.topic, {**said(message), "on": "edited", "by": by})


def tell_removed(message: Message) -> None:
    """Something that was said is gone."""
    publish(message.room.topic, changed(message))


def tell_order(room: Room) -> None:
    """The room was locked or unlocked, or the pace of it changed."""
    publish(room.topic, {"on": "order", "locked": room.is_locked, "slow": room.slow_seconds})


def tell_read(room: Room, user: User, seq: int) -> None:
    """To the reader's own tabs only: they have read up to ``seq``."""
    publish_to(user.pk, {"on": "read", "room": room.public_id, "seq": seq})


def tell_closed(room: Room) -> None:
    """Nothing more is said here: everyone is let go."""
    end_topic(room.topic, "closed")


def doubt_rooms_about(subject: Model) -> None:
    """Who may be in the rooms about ``subject`` may have changed: those who listen are asked for their rights again.

    A subject's own transitions come here by themselves; its app calls this when somebody lost their part in it.
    """
    for room in Room.objects.about(subject):
        doubt_topic(room.topic)
