"""``search_drain``: bring the index up to date with what has changed."""

from typing import Any

from portal.kernel import outbox
from portal.kernel.commands import ReportingCommand
from portal.kernel.models import OutboxEntry
from search.drain import TOPIC


class Command(ReportingCommand):
    """Writes waiting changes into the index."""

    help = "Write waiting changes into the search index. A running server does this by itself; both may do it at once."

    def work(self, **options: Any) -> dict[str, Any]:
        """Drain, and say how many entries were done, put back and set aside."""
        waiting = OutboxEntry.objects.filter(topic=TOPIC, dead=False)
        done = failed = dead = 0
        with self.progress(waiting.count(), "Indexing") as advance:
            while drained := outbox.drain([TOPIC], limit=1):
                done, failed, dead = done + drained.done, failed + drained.failed, dead + drained.dead
                advance(drained.done)
                if not drained.done:
                    break
        return {"done": done, "failed": failed, "dead": dead, "waiting": waiting.count(), "rejected": failed + dead}
