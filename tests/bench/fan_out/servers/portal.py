"""The portal's own server, with one more topic: a room that keeps nothing, for this bench is about delivering.

Consumer, hub, backplane and server are those of production; only what a room writes into the database is left out.
"""

from __future__ import annotations

import os
import sys
import threading
import uuid
from collections import deque
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from portal.live.frames import MOST_MISSED  # noqa: E402 - apps must be ready first
from portal.live.publish import publish  # noqa: E402
from portal.live.topics import Said, Standing, Topic, register  # noqa: E402
from portal.serve import web  # noqa: E402


class BenchTopic(Topic):
    """``bench:<key>``: everybody may join and speak. What was said last is kept in memory, to be caught up with."""

    name = "bench"

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.newest = 0
        self.kept: deque[Said] = deque(maxlen=MOST_MISSED)

    def can_join(self, user: Any, key: str) -> bool:
        return True

    def standing(self, user: Any, key: str, after: int | None, since: int | None = None) -> Standing:
        with self.lock:
            missed = [said for said in self.kept if after is not None and said["seq"] > after]
            return Standing(self.newest, missed)

    def send(self, user: Any, key: str, *, message_id: uuid.UUID, text: str) -> int:
        with self.lock:
            self.newest = seq = self.newest + 1
            self.kept.append({"on": "message", "seq": seq, "text": text})
        publish(f"{self.name}:{key}", {"on": "message", "text": text}, seq=seq)
        return seq


if __name__ == "__main__":
    register(BenchTopic())
    web.serve(web.reserve(int(sys.argv[1])), listening=lambda: None)
