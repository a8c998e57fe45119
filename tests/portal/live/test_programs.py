"""Programs at a socket: they say who they are by the secret of a token, under the scheme that is meant for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from portal.api.actions import create_token, revoke_token
from portal.live import frames
from portal.live.people import credential_of
from tests.factories.accounts import UserFactory
from tests.factories.discussions import RoomFactory
from tests.portal.live.conftest import Client

SESSION = SimpleNamespace(session_key="key-of-a-session")


def opened(header: str | None, signed_in: bool = False) -> dict[str, Any]:
    headers = [(b"host", b"portal.example"), *([(b"authorization", header.encode())] if header is not None else [])]
    return {"headers": headers, "session": SESSION, "user": SimpleNamespace(pk=1 if signed_in else None)}


@pytest.mark.parametrize("header", ["Bearer oip_x", "bearer oip_x", "BEARER  oip_x "])
def test_a_bearers_secret_is_the_credential(header) -> None:
    assert credential_of(opened(header, signed_in=True)) == "bearer oip_x"


@pytest.mark.parametrize("header", ["Basic oip_x", "Digest oip_x", "Bearerish oip_x", "oip_x", ""])
def test_what_stands_under_another_scheme_is_none(header) -> None:
    assert credential_of(opened(header)) is None
    assert credential_of(opened(header, signed_in=True)) == "key-of-a-session"


@pytest.fixture
def token(transactional_db: None) -> tuple[Any, str]:
    person = UserFactory()
    return create_token(person, name="bot", scopes=["read", "write"], actor=person)


@pytest.fixture
def program(server: str) -> Iterator[Callable[..., Client]]:
    """``program(secret)`` opens a socket that no page has opened."""
    with ExitStack() as opened:

        def open_socket(secret: str, scheme: str = "Bearer") -> Client:
            headers = {"Authorization": f"{scheme} {secret}"}
            connecting = connect(f"ws://{server}/ws/", additional_headers=headers, compression=None, close_timeout=0.5)
            return Client(opened.enter_context(connecting))

        yield open_socket


def test_a_program_joins_and_talks_as_its_person(program, token) -> None:
    room = RoomFactory()
    talker = program(token[1])

    talker.join(f"room:{room.public_id}")
    talker.say("send", topic=f"room:{room.public_id}", id="6f1c1f9e-64d4-4c7c-9a3d-0d8d0a1b2c3d", text="Hello", ref=2)

    assert talker.hear("message")["author"]["id"] == token[0].user.public_id


def test_a_guess_is_shown_out(program, token) -> None:
    assert program("oip_guess").close_code() == frames.SIGNED_OUT


def test_a_secret_that_was_revoked_is_shown_out(program, token) -> None:
    talker = program(token[1])
    talker.join("me")

    revoke_token(token[0], actor=token[0].user)

    assert talker.close_code() == frames.SIGNED_OUT


def test_a_secret_under_another_scheme_is_turned_away(program, token) -> None:
    with pytest.raises(InvalidStatus) as refusal:
        program(token[1], scheme="Basic")

    assert refusal.value.response.status_code == 403
