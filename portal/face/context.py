"""What every template may use without its view saying so."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from . import modules, navigation


def face(request: HttpRequest) -> dict[str, Any]:
    """``portal_name``, ``modules`` for the signed-in, and ``nav``: the links of each place, worked out when asked."""
    return {
        "portal_name": settings.WAGTAIL_SITE_NAME,
        "modules": modules.for_signed_in,
        "nav": {place: SimpleLazyObject(partial(navigation.links, place, request)) for place in navigation.PLACES},
    }
