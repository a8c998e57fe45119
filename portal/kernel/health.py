"""How the portal is: alive, and what it depends on.

Only the database and the file storage make it unready; whatever else is away is a named degradation.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

Probe = Callable[[], str]


class Degraded(Exception):
    """Raised by a probe that can say in words, which name nobody and nothing secret, what is wrong."""


_degradable: dict[str, Probe] = {}


def dependency(name: str) -> Callable[[Probe], Probe]:
    """Register a probe of something the portal can do without: it names what is in use, or raises."""

    def register(probe: Probe) -> Probe:
        _degradable[name] = probe
        return probe

    return register


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Each dependency and what it is; 503 only when the database or the storage is away."""
    needed = {"database": _database(), "files": _files()}
    rest = {name: _state(probe) for name, probe in _degradable.items()}
    well = all(state["ok"] for state in needed.values())
    degraded = sorted(name for name, state in rest.items() if not state["ok"])
    body = {"status": "ready" if well else "unready", "degraded": degraded, "dependencies": {**needed, **rest}}
    return JsonResponse(body, status=200 if well else 503)


def _state(probe: Probe) -> dict[str, object]:
    try:
        return {"ok": True, "is": probe()}
    except Degraded as reason:
        return {"ok": False, "is": str(reason)}
    except Exception as error:  # whatever a probe raises is a degradation, not a failure of this page
        log.warning("a dependency is away: %r", error)
        return {"ok": False, "is": type(error).__name__}


def _database() -> dict[str, object]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        return {"ok": False, "is": type(error).__name__}
    return {"ok": True, "is": connection.vendor}


def _files() -> dict[str, object]:
    root = settings.PRIVATE_ROOT
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return {"ok": False, "is": type(error).__name__}
    return {"ok": os.access(root, os.W_OK), "is": "local"}
