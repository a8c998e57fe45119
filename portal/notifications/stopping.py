"""Ending mail by one click, without signing in (RFC 8058): addresses that say who and what, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core import signing
from django.urls import reverse

from portal.accounts.models import User
from portal.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Mapping

SALT: Final = "portal.notifications.stop"


def address_of(user: User, what: str) -> str:
    """Where ``user`` ends the mail of a category, or a digest. It never expires, and does nothing else."""
    return reverse("notifications:stop", args=[signing.dumps({"user": user.public_id, "what": what}, salt=SALT)])


def understood(token: str) -> tuple[User, str]:
    """Whose mail of what a token ends; ``Missing`` for one that was not made here, or whose person is gone."""
    try:
        told: Mapping[str, str] = signing.loads(token, salt=SALT)
        return User.objects.present().get(public_id=told["user"]), told["what"]
    except (signing.BadSignature, User.DoesNotExist, KeyError, TypeError):
        raise Missing from None
