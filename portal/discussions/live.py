"""Rooms over the socket: the topic ``room:<public_id>``."""

from __future__ import annotations

import uuid
from typing import Any

from portal.kernel.access import fetch
from portal.kernel.errors import Missing
from portal.live.frames import MOST_MISSED
from portal.live.topics import Said, Standing, Topic

from . import actions, queries, rules
from .events import author_of, changed, said
from .models import Room


class RoomTopic(Topic):
    """A room, for its audience. A closed one has no listeners: its history is a page."""

    name = "room"
    shows_presence = True

    def can_join(self, user: Any, key: str) -> bool:
        try:
            return not _room(user, key).is_closed
        except Missing:
            return False

    def standing(self, user: Any, key: str, after: int | None, since: int | None = None) -> Standing:
        room = _room(user, key)
        found = self._changed(room, after, since)
        stale = len(found) > MOST_MISSED
        now: dict[str, Any] = {"rev": room.revision, "changed": () if stale else found, "stale": stale}
        if after is None or after >= room.seq:
            return Standing(room.seq, **now)
        if room.seq - after > MOST_MISSED:
            return Standing(room.seq, too_many=True, **now)
        missed = queries.marked(room.messages.filter(seq__gt=after, seq__lte=room.seq).order_by("seq").whole())
        return Standing(room.seq, [said(message) for message in missed], **now)

    def _changed(self, room: Room, after: int | None, since: int | None) -> list[Said]:
        """What happened since to messages they have: each as it is now."""
        if since is None or since >= room.revision:
            return []
        rows = room.messages.filter(revision__gt=since, revision__lte=room.revision).whole().order_by("revision")
        had = rows if after is None else rows.filter(seq__lte=after)
        return [changed(message) for message in queries.marked(had[: MOST_MISSED + 1])]

    def send(self, user: Any, key: str, *, message_id: uuid.UUID, text: str, reply_to: int | None = None) -> int:
        room = _room(user, key)
        return actions.post_message(room, author=user, text=text, client_id=message_id, reply_to=reply_to).seq

    def read(self, user: Any, key: str, seq: int) -> None:
        actions.mark_read(_room(user, key), user=user, seq=seq)

    def typing(self, user: Any, key: str) -> Said:
        room = fetch(Room, user, rules.can_write_in & rules.is_open, public_id=key)
        return {"author": author_of(user), "room": room.public_id}


def _room(user: Any, key: str) -> Room:
    return fetch(Room, user, rules.can_read_room, public_id=key)
