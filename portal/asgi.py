"""The door for ASGI servers: pages and the socket."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
pages = get_asgi_application()

from portal.live.origins import OwnOriginsOnly  # noqa: E402 - apps must be ready first
from portal.routing import sockets  # noqa: E402

application = ProtocolTypeRouter({"http": pages, "websocket": OwnOriginsOnly(AuthMiddlewareStack(sockets))})
