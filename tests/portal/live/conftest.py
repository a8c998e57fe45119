"""A real server in a thread of the test's own process, so that what the test does reaches its hub; and clients."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import orjson
import pytest
import uvicorn
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from portal.live import limits
from portal.serve.web import HOST, configuration, reserve

WITHIN = 10.0


@dataclass
class Client:
    """A program at the other end of a socket."""

    connection: ClientConnection
    heard: list[dict[str, Any]] = field(default_factory=list)

    def say(self, do: str, **fields: Any) -> None:
        self.connection.send(orjson.dumps({"do": do, **fields}).decode())

    def hear(self, on: str, *, within: float = WITHIN, **facts: Any) -> dict[str, Any]:
        """The next frame ``on`` with ``facts``; everything on the way to it is kept in ``heard``."""
        deadline = time.monotonic() + within
        while True:
            frame = orjson.loads(self.connection.recv(timeout=max(0.01, deadline - time.monotonic())))
            self.heard.append(frame)
            if frame["on"] == on and facts.items() <= frame.items():
                return frame

    def join(self, topic: str, **fields: Any) -> dict[str, Any]:
        self.say("join", topic=topic, ref=1, **fields)
        return self.hear("joined", topic=topic)

    def hears_nothing(self, on: str, *, within: float = 0.7) -> bool:
        """Whether no frame ``on`` comes for a while."""
        try:
            self.hear(on, within=within)
        except TimeoutError:
            return True
        return False

    def close_code(self, *, within: float = WITHIN) -> int:
        """The code with which the server closes, whatever else it says before."""
        deadline = time.monotonic() + within
        try:
            while True:
                self.heard.append(orjson.loads(self.connection.recv(timeout=max(0.01, deadline - time.monotonic()))))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006


Dial = Callable[..., Client]


@pytest.fixture
def no_limits_left() -> None:
    """Nobody has said anything yet."""
    for limiter in (limits.MESSAGES, limits.FRAMES, limits.TYPING):
        limiter.reset()


@pytest.fixture
def server(transactional_db: None, no_limits_left: None) -> Iterator[str]:
    """The address of a running portal, ``127.0.0.1:port``."""
    taken = reserve(0)
    running = uvicorn.Server(configuration(goodbye=1))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"{HOST}:{taken.getsockname()[1]}"
    running.should_exit = True
    thread.join(10)


@pytest.fixture
def dial(server: str) -> Iterator[Dial]:
    """``dial(person=None)`` opens a socket as a page of the portal would."""
    with ExitStack() as opened:

        def open_socket(person: Any = None, *, session: str | None = None, **options: Any) -> Client:
            key = session or (session_of(person) if person is not None else None)
            cookie = {"Cookie": f"{django_settings.SESSION_COOKIE_NAME}={key}"} if key else {}
            given = {
                "origin": f"http://{server}",
                "compression": None,
                "max_size": None,
                "close_timeout": 0.5,
                **options,
            }
            connecting = connect(f"ws://{server}/ws/", additional_headers=cookie, **given)
            return Client(opened.enter_context(connecting))

        yield open_socket


def session_of(person: Any) -> str:
    """The key of a new session of ``person``."""
    store = import_module(django_settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    return str(store.session_key)
