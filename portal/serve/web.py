"""The pages and the socket, by uvicorn, on one loopback address."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from types import FrameType

import uvicorn
from django.utils.translation import gettext as _

from portal.kernel.errors import Refused
from portal.live.wire import WireProtocol

HOST = "127.0.0.1"
LARGEST_FRAME = 64 * 1024
GOODBYE_SECONDS = 3
LAST_CALL_SECONDS = 7


def reserve(port: int) -> socket.socket:
    """Take ``port`` before any long work begins; raises ``Refused`` when somebody else has it."""
    # With the protocol named, asyncio turns Nagle's algorithm off; left at 0, each answer takes 40 ms longer.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOST, port))
    except OSError as error:
        taken.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        message = _("Port %(port)s on %(host)s is not free. Choose another one: make run PORT=8001")
        raise Refused(message % {"port": port, "host": HOST}) from None
    return taken


class PortalServer(uvicorn.Server):
    """A uvicorn server that says when it listens, and whose end by a signal is an ordinary return."""

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._listening()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with suppress(SystemExit), super().capture_signals():  # which raises the signal again once it has stopped
            yield

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; and end the process under a request whose thread outlasts its grace, which would hold it up."""
        super().handle_exit(sig, frame)
        last_call = Timer(LAST_CALL_SECONDS, os._exit, (0,))
        last_call.daemon = True
        last_call.start()


def configuration(*, goodbye: int = GOODBYE_SECONDS) -> uvicorn.Config:
    """How the portal is served; at its end, requests in hand have ``goodbye`` seconds to finish."""
    return uvicorn.Config(
        "portal.asgi:application",
        ws=WireProtocol,
        ws_max_size=LARGEST_FRAME,
        ws_per_message_deflate=False,
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=goodbye,
    )


def serve(taken: socket.socket, listening: Callable[[], None]) -> None:
    """Answer on ``taken`` until SIGINT or SIGTERM."""
    PortalServer(configuration(), listening).run(sockets=[taken])
