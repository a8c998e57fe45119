"""Load the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal.demo import stage
from portal.kernel.commands import ReportingCommand
from portal.kernel.errors import Refused


class Command(ReportingCommand):
    """Refused outside embedded mode: known passwords belong on loopback only."""

    help = "Load the demo data; harmless when they are there already."

    def work(self, **options: Any) -> dict[str, Any]:
        if not settings.EMBEDDED:
            raise Refused(_("The demo has sign-ins with known passwords: it loads in embedded mode on loopback only."))
        return {**stage.load(self.progress), "accounts": stage.accounts()}
