"""How allauth joins the house: its mail leaves through the outbox, its people get a name."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest
from django.shortcuts import redirect

from portal.kernel.commit import enqueue

from .models import User


class PortalAccountAdapter(DefaultAccountAdapter):
    """Sign-up, sign-in and their mail, in the manner of the portal."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the rendered mail into the outbox (topic ``mail``): it leaves only if this change commits.

        Such a mail goes to the address it is about and carries its own secret, so there is no right to see
        that could be lost before it is sent.
        """
        request = allauth_context.request
        message = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        payload = {"to": email, "subject": message.subject, "text": message.body}
        enqueue("mail", f"account:{secrets.token_hex(8)}", payload=payload, distinct=True)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always; but the first person of an empty portal is its platform master and starts elsewhere."""
        if not User.objects.exists():
            raise ImmediateHttpResponse(redirect("accounts:first-person"))
        return True

    def get_user_search_fields(self) -> list[str]:
        return ["email"]
