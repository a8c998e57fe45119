"""Programs that open a socket say who they are by a secret; the room above that keeps secrets tells whose it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser

Teller = Callable[[str], Any]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """``teller(secret)`` is the person who may talk with that secret, or ``AnonymousUser``."""
    _tellers.append(teller)


def secrets_in(scope: Mapping[str, Any]) -> list[str]:
    """What stands under ``Authorization: Bearer`` in a socket's headers; other schemes are none of its business."""
    found = []
    for name, value in scope.get("headers", []):
        scheme, _space, secret = value.decode("latin-1").partition(" ")
        if name == b"authorization" and scheme.lower() == "bearer":
            found.append(secret.strip())
    return found


def person_of_bearer(secret: str) -> Any:
    """Whose secret it is now; nobody's when nobody knows it."""
    for teller in _tellers:
        person = teller(secret)
        if person.is_authenticated:
            return person
    return AnonymousUser()
