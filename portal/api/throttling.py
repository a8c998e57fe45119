"""How fast is too fast: by token or person, and by network address for strangers."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from .models import ApiToken


class ByTokenOrAddress(SimpleRateThrottle):
    """So many requests a minute; past them 429 with ``Retry-After``."""

    scope = "api"
    rate = "1/min"  # of the class; each request is counted by its own sort below

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this request is one too many; counts it."""
        known = bool(request.user and request.user.is_authenticated)
        self.num_requests = settings.API_RATE_KNOWN if known else settings.API_RATE_STRANGER
        self.duration = 60
        return bool(super().allow_request(request, view))

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Under which the request is counted."""
        if isinstance(request.auth, ApiToken):
            return f"api:token:{request.auth.pk}"
        if request.user.is_authenticated:
            return f"api:user:{request.user.pk}"
        return f"api:at:{get_adapter().get_client_ip(request)}"
