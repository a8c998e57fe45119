"""Who is at the other end of a socket, asked of the database each time it matters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from .bearers import person_of_bearer, secrets_in

BEARER = "bearer "
"""How the credential of a program begins: a secret follows. Every other credential is the key of a session."""


def person_of(credential: str | None) -> AbstractBaseUser | AnonymousUser:
    """Whose it is now: nobody's once the session or the token ended, or the person's password or account did."""
    if credential is None:
        return AnonymousUser()
    if credential.startswith(BEARER):
        return person_of_bearer(credential.removeprefix(BEARER))
    request = HttpRequest()
    request.session = SessionStore(credential)
    return get_user(request)


def credential_of(scope: dict[str, Any]) -> str | None:
    """What a socket was opened with: the secret that it bears, else its signed-in session."""
    given = secrets_in(scope)
    if given:
        return BEARER + given[0]
    return scope["session"].session_key if scope["user"].pk else None


def address_of(scope: dict[str, Any]) -> str:
    """The network address a socket came from, past as many proxies as the portal trusts."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    hops = [hop.strip() for hop in ",".join(forwarded).split(",") if hop.strip()]
    if trusted and len(hops) >= trusted:
        return hops[-trusted]
    return (scope.get("client") or ("", 0))[0]
