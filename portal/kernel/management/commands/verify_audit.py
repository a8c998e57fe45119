"""Walk every audit chain and say where one does not hold."""

from __future__ import annotations

from typing import Any

from portal.kernel import audit
from portal.kernel.commands import ReportingCommand
from portal.kernel.models import AuditEvent


class Command(ReportingCommand):
    """Exit code 1 under ``--strict`` when a chain is broken."""

    help = "Verify the hash chains of the audit."

    def work(self, **options: Any) -> dict[str, Any]:
        breaks = list(audit.verify())
        for found in breaks:
            self.stderr.write(f"{found.kind} {found.object_id} #{found.sequence}: {found.reason}")
        return {"events": AuditEvent.objects.count(), "rejected": len(breaks)}
