"""Remembering what is looked for in vain, without remembering who looked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from portal.kernel.audit import digest
from portal.kernel.schedule import every
from search.models import FruitlessQuery
from search.requests import ResultPage

SEVERAL: Final = 3
"""So many different people must have asked before the words are kept."""
KEPT: Final = timedelta(days=90)
MOST: Final = 50_000
"""As many different questions are remembered: whoever asks for nonsense without end fills no disk."""


def note(page: ResultPage, asker: str) -> None:
    """Remember the words of a page that found nothing at all, in all there is; ``asker`` is anything that tells people
    apart, and is kept only as a hash that differs for each question."""
    asked = page.request
    if page.total or page.degraded or asked.is_narrowed or not asked.parsed.wanted:
        return
    text = asked.parsed.text.casefold()
    key = digest(f"fruitless {text}")
    rows = FruitlessQuery.objects.all()
    if not rows.filter(digest=key).exists() and rows.count() >= MOST:
        return
    with transaction.atomic():
        row, _made = FruitlessQuery.objects.select_for_update().get_or_create(digest=key)
        askers = {*row.askers, digest(f"{key} {asker}")}
        row.times += 1
        row.askers = sorted(askers) if len(askers) < SEVERAL else []
        row.text = row.text or (text if len(askers) >= SEVERAL else "")
        row.save()


def popular(most: int) -> list[FruitlessQuery]:
    """What several people looked for in vain, the most asked first."""
    return list(FruitlessQuery.objects.exclude(text="").order_by("-times", "-asked_at")[:most])


@every(24 * 3600, "search.fruitless")
def forget_old() -> int:
    """Forget what nobody has asked for in three months."""
    return FruitlessQuery.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()[0]


def asker_of(request: Any) -> str:
    """What tells the person of a request apart: their account, or the address they come from."""
    return f"person {request.user.pk}" if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
