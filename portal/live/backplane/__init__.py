"""What joins the processes of a portal: news announced in one is heard by the hub of each."""

from __future__ import annotations

from django.conf import settings

from .in_process import InProcess
from .news import Announcement, Backplane, Doubt, Ending, Listener, Lost, News
from .over_redis import RedisBackplane

__all__ = ["Announcement", "Backplane", "Doubt", "Ending", "InProcess", "Listener", "Lost", "News", "RedisBackplane"]


def chosen() -> Backplane:
    """Redis where ``REDIS_URL`` names one; else the portal is one process."""
    return RedisBackplane(settings.REDIS_URL) if settings.REDIS_URL else InProcess()


backplane: Backplane = chosen()
