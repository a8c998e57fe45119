"""What ``/readyz`` says of mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings

from portal.kernel import outbox
from portal.kernel.health import Degraded, dependency

LAG: Final = timedelta(minutes=5)


@dependency("mail")
def mail_leaves() -> str:
    """How mail is sent. Degraded while the mail server is away: each mail is tried again until it is back."""
    if waiting := outbox.tried_in_vain("mail", since=LAG):
        raise Degraded(f"{waiting} wait for the mail server")
    return settings.EMAIL_BACKEND.rsplit(".", 2)[-2]
