"""Which pages may open a socket: the portal's own.

A browser sends the session cookie along with a socket that any page of the world opens, so the page's origin
decides. It must be the portal's address, or that of the very host the socket was opened at, to the port.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from .bearers import secrets_in

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
DEFAULT_PORTS = {"http": 80, "https": 443}


class OwnOriginsOnly:
    """Refuses with 403, before anything else is looked at, a socket from another page, or from none and no secret."""

    def __init__(self, application: Application) -> None:
        self.application = application

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if is_own(scope) or is_program(scope):
            await self.application(scope, receive, send)
        else:
            await refuse(scope, receive, send)


async def refuse(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Turn a socket away before the handshake: the client sees 403."""
    await receive()
    await send({"type": "websocket.close", "code": 4403})


def is_own(scope: dict[str, Any]) -> bool:
    """Whether the socket was opened by a page of this portal: exactly one ``Origin``, and that one ours."""
    given = _header(scope, b"origin")
    return len(given) == 1 and given[0].lower() in _origins_of_portal(scope)


def is_program(scope: dict[str, Any]) -> bool:
    """Whether it comes from no page at all, with a secret that no browser would send by itself."""
    return not _header(scope, b"origin") and len(secrets_in(scope)) == 1


def _origins_of_portal(scope: dict[str, Any]) -> set[str]:
    portal = urlsplit(settings.PORTAL_URL)
    origins = {_origin(portal.scheme, portal.netloc)}
    hosts = _header(scope, b"host")
    if len(hosts) == 1:
        domain, _port = split_domain_port(hosts[0])
        if domain and validate_host(domain, settings.ALLOWED_HOSTS):
            origins.add(_origin(portal.scheme, hosts[0]))
    return origins


def _origin(scheme: str, netloc: str) -> str:
    """As a browser writes it: lower case, without the port that goes without saying."""
    return f"{scheme}://{netloc}".lower().removesuffix(f":{DEFAULT_PORTS.get(scheme)}")


def _header(scope: dict[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope.get("headers", []) if key == name]
