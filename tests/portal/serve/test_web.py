from __future__ import annotations

import socket

import pytest

from portal.kernel.errors import Refused
from portal.serve import web
from tests.servers.ports import free_port


def test_port_that_somebody_listens_on_is_refused_with_advice() -> None:
    with socket.create_server((web.HOST, 0)) as other, pytest.raises(Refused, match="make run PORT="):
        web.reserve(other.getsockname()[1])


def test_reserved_port_sends_small_answers_at_once() -> None:
    """asyncio turns Nagle's algorithm off only on sockets that name their protocol."""
    with web.reserve(free_port()) as taken:
        assert taken.proto == socket.IPPROTO_TCP
