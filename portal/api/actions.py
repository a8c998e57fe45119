"""What happens to tokens."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts import signals
from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.errors import Refused

from .enums import Scope
from .models import ApiToken
from .rules import owns_token
from .tokens import hashed, new_secret

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_TOKENS = 50


def create_token(
    user: User, *, name: str, scopes: Collection[str], days: int | None = None, actor: User | None
) -> tuple[ApiToken, str]:
    """A new token of ``user`` and its secret, which nobody can look up again. ``days``: how long it lasts.

    ``actor`` is the person themselves, or None for who runs the command line. Raises ``Refused`` for scopes that do
    not exist and past ``MOST_TOKENS``.
    """
    wanted = [scope for scope in Scope.values if scope in scopes]
    if not wanted or set(scopes) - set(Scope.values):
        raise Refused(_("Choose at least one of the scopes."), code="bad_scopes", field="scopes")
    if user.tokens.live().count() >= MOST_TOKENS:
        raise Refused(_("Revoke a token first: fifty are enough."), code="too_many_tokens")
    secret = new_secret()
    expires_at = timezone.now() + timedelta(days=days) if days else None
    with transaction.atomic():
        token = ApiToken.objects.create(
            user=user, name=name, scopes=wanted, secret_hash=hashed(secret), expires_at=expires_at
        )
        audit.record("api_token.create", token, actor=actor, scopes=" ".join(wanted))
    return token, secret


def revoke_token(token: ApiToken, *, actor: User) -> ApiToken:
    """End a token at once, its sockets too. Twice is once. Raises ``Missing`` for anybody else's."""
    with transaction.atomic():
        locked = fetch_locked(ApiToken, actor, owns_token, pk=token.pk)
        if locked.revoked_at is None:
            locked.revoked_at = timezone.now()
            locked.save(update_fields=["revoked_at"])
            audit.record("api_token.revoke", locked, actor=actor)
            signals.signed_out.send(sender=type(actor), user=locked.user, session_key=None)
    return locked
