"""What a request may attempt at all. Whether it may do it to this object is asked of the rules, by the action."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from portal.accounts.middleware import lacks_second_factor
from portal.kernel.errors import Refused

from .enums import Scope
from .models import ApiToken


class FactorLacking(Refused):
    """The account opens more than its own things, and is guarded by a password alone."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            _("Set up a second factor first: your account opens more than your own."), code="factor_lacking"
        )


class WithinScope(BasePermission):
    """Everybody may read what is public; writing takes somebody; a token does what its scopes say and no more."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether to go on; raises ``FactorLacking`` where the pages would ask for a second factor."""
        if lacks_second_factor(request.user):
            raise FactorLacking
        reads = request.method in SAFE_METHODS
        if isinstance(request.auth, ApiToken):
            return (Scope.READ if reads else Scope.WRITE) in request.auth.scopes
        return reads or bool(request.user.is_authenticated)
