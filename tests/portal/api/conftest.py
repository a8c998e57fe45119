"""Programs at the other end of the API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from portal.accounts.models import User
from portal.api.actions import create_token
from tests.portal.api.operations import Portal


@dataclass(frozen=True)
class Program:
    """A client that signs in by a token, or by nothing."""

    secret: str = ""

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        given = {"headers": {**({"Authorization": f"Bearer {self.secret}"} if self.secret else {}), **headers}}
        sent = {"data": body, "content_type": "application/json"} if body is not None else {}
        return getattr(Client(), method.lower())(f"/api/v1/{path}", **sent, **given)

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self("PATCH", path, body, **headers)

    def upload(self, path: str, file: Any, **headers: str) -> Any:
        given = {"Authorization": f"Bearer {self.secret}", **headers}
        return Client().post(f"/api/v1/{path}", {"file": file}, headers=given)


ProgramOf = Callable[..., Program]


@pytest.fixture(scope="module")
def portal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Portal]:
    """Made once for the tests of a module, each of which finds it as it was made: what they change is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Portal()
        transaction.set_rollback(True)


@pytest.fixture
def program_of(db: None) -> ProgramOf:
    """``program_of(person, *scopes)`` signs in with a new token of theirs."""

    def make(user: User, *scopes: str) -> Program:
        _token, secret = create_token(user, name="test", scopes=scopes or ("read", "write", "admin"), actor=user)
        return Program(secret)

    return make


@pytest.fixture
def visitor(db: None) -> Program:
    """A program that says nothing of itself."""
    return Program()


@pytest.fixture(autouse=True)
def nobody_was_counted() -> None:
    cache.clear()


def problem_of(response: Any) -> tuple[int, str]:
    """Status and kind of a problem, which must be a well-formed one."""
    told = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert set(told) == {"type", "title", "status", "detail", "errors"}
    assert told["status"] == response.status_code
    return response.status_code, told["type"].removeprefix("urn:portal:problem:")
