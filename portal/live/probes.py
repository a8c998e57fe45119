"""What ``/readyz`` says of live news."""

from __future__ import annotations

from portal.kernel.health import dependency

from . import backplane as planes
from .backplane import RedisBackplane


@dependency("live")
def live() -> str:
    """What joins the processes; raises when it is away."""
    if isinstance(planes.backplane, RedisBackplane):
        planes.backplane.ping()
        return "redis"
    return "in process"
