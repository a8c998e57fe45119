"""Whether a request comes from the machine the portal runs on."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_from_here(request: HttpRequest) -> bool:
    """The connection is from loopback and nobody stands between: a proxy's word is not taken for it."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def shows_workings(request: HttpRequest) -> bool:
    """Pages for whoever runs the portal (kept mail) show in embedded mode to this machine, and nowhere else."""
    return bool(settings.EMBEDDED) and is_from_here(request)
