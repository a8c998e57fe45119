"""Saved searches by the clock: those that are due go into the outbox, which looks at each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.kernel.commit import enqueue_many
from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import Postpone, handler
from portal.kernel.schedule import every
from search.engines.port import EngineUnavailable
from search.models import SavedSearch
from search.saved.actions import TOPIC, look
from search.saved.enums import INTERVALS

EVERY_SECONDS = 30
AT_A_TIME = 500


@every(EVERY_SECONDS, "search.alerts")
def put_due_searches_out() -> int:
    """Have every search that is due looked at once, and set when it is due again; how many there were."""
    now = timezone.now()
    put_out = 0
    for alert, interval in INTERVALS.items():
        while True:
            with transaction.atomic():
                due = SavedSearch.objects.due(now).filter(alert=alert)
                ids = list(due.order_by("due_at").values_list("pk", flat=True)[:AT_A_TIME])
                taken = SavedSearch.objects.filter(pk__in=ids, due_at__lte=now).update(due_at=now + interval)
                enqueue_many(TOPIC, map(str, ids))
            put_out += taken
            if len(ids) < AT_A_TIME:
                break
    return put_out


@handler(TOPIC)
def look_at_saved_searches(entries: Sequence[OutboxEntry]) -> None:
    """Look for what is new; with the engine away it waits."""
    for entry in entries:
        saved = SavedSearch.objects.select_related("user").filter(pk=entry.key).first()
        if saved is None or not saved.user.is_active:
            continue
        try:
            look(saved)
        except EngineUnavailable as away:
            raise Postpone(f"search is away: {away}", timedelta(seconds=30)) from away
