"""Who asks: by a token in the ``Authorization`` header, or by the session of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from .models import ApiToken
from .tokens import acting, token_of

if TYPE_CHECKING:
    from portal.accounts.models import User


class BearerAuthentication(BaseAuthentication):
    """``Authorization: Bearer <secret>``. A wrong secret is an error, not a visitor."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token; None when the header is not of this sort."""
        given = get_authorization_header(request).split()
        if not given or given[0].lower() != b"bearer":
            return None
        token = token_of(given[1].decode("latin-1")) if len(given) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("This token opens nothing: it is unknown, revoked or expired."))
        return acting(token), token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
