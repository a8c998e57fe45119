"""What of moderation a person takes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Blocking, ModerationCase, Report

if TYPE_CHECKING:
    from portal.accounts.models import User


def moderation_part(user: User) -> dict[str, Any]:
    """What they reported, what was decided about their messages, and whom they blocked."""
    reports = Report.objects.filter(reporter=user).order_by("pk")
    cases = ModerationCase.objects.visible_to(user).filter(message__author=user).order_by("pk")
    blocked = Blocking.objects.of(user).order_by("pk").values_list("blocked__public_id", flat=True)
    return {
        "reports": [{"reason": r.reason, "words": r.words, "at": r.created_at.isoformat()} for r in reports],
        "decisions": [{"outcome": c.outcome, "reason": c.rationale, "appeal": c.appeal} for c in cases],
        "blocked": list(blocked),
    }
