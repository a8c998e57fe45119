"""A door before an HTTP server, at which a test decides what becomes of each request."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from .ports import LOOPBACK

PASSED_BACK = ("Content-Type", "X-Elastic-Product")


@dataclass
class Door:
    """Lets requests through to ``behind``. They wait while it is not ``open``; what is wider than it gets a 429."""

    behind: str
    url: str = ""
    widest: int = 1_000_000_000
    passed: list[int] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def lets_through(self, size: int) -> bool:
        """Whether a request of this size may pass; waits while the door is shut."""
        self.open.wait()
        if size > self.widest:
            return False
        self.passed.append(size)
        return True


@contextmanager
def door_before(behind: str) -> Iterator[Door]:
    """An open door before a server, gone at the end of the block."""
    door = Door(behind)
    door.open.set()
    server = ThreadingHTTPServer((LOOPBACK, 0), _handler(door))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    door.url = f"http://{LOOPBACK}:{server.server_port}"
    try:
        yield door
    finally:
        door.open.set()
        server.shutdown()
        server.server_close()


def _handler(door: Door) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if door.lets_through(len(body)):
                self._answer(*_forwarded(door.behind, self, body))
            else:
                self._answer(429, {"X-Elastic-Product": "Elasticsearch"}, b"{}")

        do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _pass  # noqa: N815

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            with contextlib.suppress(ConnectionError):  # who asked may have stopped waiting
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            """Say nothing."""

    return Handler


def _forwarded(behind: str, asked: BaseHTTPRequestHandler, body: bytes) -> tuple[int, dict[str, str], bytes]:
    target = urlsplit(behind)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=30)
    try:
        headers = {name: asked.headers[name] for name in ("Content-Type", "Accept") if name in asked.headers}
        connection.request(asked.command, asked.path, body or None, headers)
        answer = connection.getresponse()
        kept = {name: value for name, value in answer.getheaders() if name.title() in PASSED_BACK}
        return answer.status, kept, answer.read()
    finally:
        connection.close()
