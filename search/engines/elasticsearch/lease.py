"""One rebuild at a time, on however many machines: a lease that its holder renews, kept as a document on the server.

A holder that dies lets it run out. Its successor need not wait where it can see that the holder's process has ended.
"""

import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from search.engines.elasticsearch.gateway import Conflict, Gateway, translated
from search.engines.port import EngineUnavailable, NoIndex

SECONDS = 60.0
KEY = "lease"
Place = Mapping[str, int]

_OURS: set[str] = set()
"""The leases that this process holds. One that it could not give back, since the server was away, is not among them."""
BODY: dict[str, Any] = {
    "settings": {"index": {"number_of_shards": 1, "auto_expand_replicas": "0-1"}},
    "mappings": {"dynamic": "strict", "properties": {"lease": {"type": "object", "enabled": False}}},
}


@dataclass(frozen=True)
class Seen:
    """The lease as it was read: who holds it until when, and the place that the next change of it must follow."""

    holder: Mapping[str, Any]
    place: Place

    @property
    def is_held(self) -> bool:
        """Whether its holder may still be at work."""
        return bool(self.holder) and self.holder["until"] > time.time() and not self._has_ended()

    def _has_ended(self) -> bool:
        """Whether this machine knows that it is. A number may be another process's by now; ours holds what it says."""
        if self.holder["host"] != socket.gethostname():
            return False
        if self.holder["process"] == os.getpid():
            return self.holder["token"] not in _OURS
        try:
            os.kill(self.holder["process"], 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False


class Lease:
    """The lease in the index of this name."""

    def __init__(self, gateway: Gateway, index: str) -> None:
        self.client = gateway.writing
        self.index = index

    def is_held(self) -> bool:
        """Whether somebody is rebuilding now."""
        return self.seen().is_held

    @contextmanager
    def held(self) -> Iterator["HeldLease"]:
        """Hold it for the block; :class:`EngineUnavailable` when somebody else does."""
        seen = self.seen()
        if seen.is_held:
            holder = seen.holder
            raise EngineUnavailable(f"process {holder['process']} on {holder['host']} is rebuilding the index already")
        if not seen.place:
            self._make_index()
        held = HeldLease(self, seen.place)
        try:
            yield held
        finally:
            with suppress(EngineUnavailable):
                held.release()

    def write(self, place: Place, holder: Mapping[str, Any]) -> Place:
        """Write the lease if it is still as it was read at ``place``; where it is then."""
        condition: dict[str, Any] = dict(place) or {"op_type": "create"}
        try:
            with translated():
                made = self.client.index(index=self.index, id=KEY, document={"lease": holder}, **condition).body
        except Conflict as taken:
            raise EngineUnavailable("another process has begun to rebuild the index") from taken
        return {"if_seq_no": made["_seq_no"], "if_primary_term": made["_primary_term"]}

    def seen(self) -> Seen:
        """The lease as it is now."""
        try:
            with translated():
                found = self.client.get(index=self.index, id=KEY).body
        except NoIndex:
            return Seen({}, {})
        place = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        return Seen(found["_source"]["lease"], place)

    def _make_index(self) -> None:
        with translated():
            self.client.options(ignore_status=400).indices.create(index=self.index, **BODY)


class HeldLease:
    """The lease while it is ours. A holder that was thought dead learns of it at the next renewal, and gives up."""

    renewed_after = SECONDS / 4

    def __init__(self, lease: Lease, place: Place) -> None:
        self._lease = lease
        self._token = token_hex(8)
        self.place = place
        self.confirm()
        _OURS.add(self._token)

    def renew(self) -> None:
        """Renew it when it is time; to be called often."""
        if time.monotonic() - self._renewed > self.renewed_after:
            self.confirm()

    def confirm(self) -> None:
        """Renew it now; :class:`EngineUnavailable` when it has been lost."""
        holder = {
            "token": self._token,
            "host": socket.gethostname(),
            "process": os.getpid(),
            "until": time.time() + SECONDS,
        }
        self.place = self._lease.write(self.place, holder)
        self._renewed = time.monotonic()

    def release(self) -> None:
        """Give it back."""
        _OURS.discard(self._token)
        self._lease.write(self.place, {})
