"""Where sockets go."""

from channels.routing import URLRouter
from django.urls import path, re_path

from portal.live.consumers import PortalConsumer
from portal.live.origins import refuse

sockets = URLRouter([path("ws/", PortalConsumer.as_asgi()), re_path("", refuse)])  # type: ignore[arg-type]
