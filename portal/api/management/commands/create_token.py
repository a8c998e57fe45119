"""``create_token EMAIL --scopes read write``: a token for a person, from the command line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from portal.accounts.models import User
from portal.kernel.commands import ReportingCommand, UsageError

from ...actions import create_token
from ...enums import Scope


class Command(ReportingCommand):
    """Makes a token; its secret is ``token`` in the summary, and is kept nowhere."""

    help = "Make an API token for the person with this address; the summary's `token` is its secret."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--scopes", nargs="+", choices=Scope.values, default=[Scope.READ], help="what it may do")
        parser.add_argument("--name", default="command line", help="what it is for")
        parser.add_argument("--days", type=int, default=None, help="how long it lasts (default: until it is revoked)")

    def work(self, **options: Any) -> dict[str, Any]:
        """Make it."""
        user = User.objects.present().filter(email__iexact=options["email"]).first()
        if user is None:
            raise UsageError(f"Nobody here has the address {options['email']}.")
        if options["days"] is not None and options["days"] < 1:
            raise UsageError("--days must be at least 1.")
        wanted = {name: options[name] for name in ("name", "scopes", "days")}
        token, secret = create_token(user, actor=None, **wanted)
        return {"token": secret, "id": token.public_id, "scopes": token.scopes, "expires_at": token.expires_at}
