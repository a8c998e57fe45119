"""Secrets of tokens: made, hashed, and turned into the person they stand for."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.accounts.middleware import lacks_second_factor

from .enums import Scope
from .models import ApiToken

if TYPE_CHECKING:
    from portal.accounts.models import User

PREFIX = "oip_"
"""By which a secret that leaked can be recognised."""
NOTED_EVERY = timedelta(minutes=5)


def new_secret() -> str:
    """A secret of 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a secret. It is as random as a key, so a plain hash tells nothing of it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The live token with this secret, and its person; None for every other text."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    found = ApiToken.objects.live().select_related("user").filter(secret_hash=hashed(secret)).first()
    if found is not None:
        _note_use(found)
    return found


def acting(token: ApiToken) -> User:
    """The person of the token, without the office that its scopes do not reach."""
    person: User = token.user
    if Scope.ADMIN not in token.scopes:
        person.is_platform_master = person.is_staff = person.is_superuser = False
    return person


def person_of_secret(secret: str) -> User | AnonymousUser:
    """Who may listen and talk with this secret; nobody unless it may both read and write."""
    token = token_of(secret)
    if token is None or not {Scope.READ, Scope.WRITE} <= set(token.scopes):
        return AnonymousUser()
    person = acting(token)
    return AnonymousUser() if lacks_second_factor(person) else person


def _note_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
