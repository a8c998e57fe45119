"""What rooms do by the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone

from portal.kernel.schedule import every

from .enums import CaseState
from .models import ModerationCase

APPEAL_WITHIN: Final = timedelta(days=30)


@every(24 * 3600, "forget_removed_words")
def forget_removed_words() -> int:
    """What removed messages said is kept no longer than somebody may still appeal, or their appeal waits."""
    old = ModerationCase.objects.filter(decided_at__lt=timezone.now() - APPEAL_WITHIN).exclude(kept_text="")
    return old.exclude(state=CaseState.APPEALED).update(kept_text="")
