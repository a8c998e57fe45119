"""The mail of an installation without a mail server: shown on the terminal, kept for ``/outbox/``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from textwrap import indent

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from .models import SentMail

RULE = "─" * 72


class KeptMailBackend(BaseEmailBackend):
    """Keeps each mail as a row, and prints it so that whoever runs the portal can follow its links."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.recipients():
                SentMail.objects.create(to=address, subject=message.subject[:200], text=str(message.body))
            sys.stdout.write(self.shown(message))
            sys.stdout.flush()
        return len(email_messages)

    def shown(self, message: EmailMessage) -> str:
        """The mail as a few indented lines."""
        head = f"✉ {message.subject} → {', '.join(message.recipients())}"
        return f"\n{RULE}\n{head}\n\n{indent(str(message.body).strip(), '    ')}\n{RULE}\n"
