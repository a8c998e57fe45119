"""How mail leaves: by the server of ``EMAIL_URL``, or onto the terminal and the outbox page."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from .environment import environment

DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.mail_from
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "portal.notifications.mailbox.KeptMailBackend"

if environment.email_url:
    server = urlsplit(environment.email_url)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = server.hostname or "localhost"
    EMAIL_PORT = server.port or 25
    EMAIL_HOST_USER = unquote(server.username or "")
    EMAIL_HOST_PASSWORD = unquote(server.password or "")
    EMAIL_USE_SSL = server.scheme == "smtps"
    EMAIL_USE_TLS = server.scheme == "smtp+tls"
