"""What a person takes with them of what they said, and of moderation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models import Blocking, Message, ModerationCase, Reaction, Report

if TYPE_CHECKING:
    from portal.accounts.models import User


def talk_part(user: User) -> dict[str, Any]:
    """What they said, in which room, and the signs they put on messages."""
    said = Message.objects.filter(author=user, removed_at__isnull=True).select_related("room").order_by("pk")
    signs = Reaction.objects.filter(user=user).order_by("pk").values_list("message__public_id", "sign")
    return {
        "said": [{"room": m.room.title, "text": m.text, "at": m.created_at.isoformat()} for m in said.iterator()],
        "signs": [{"message": message, "sign": sign} for message, sign in signs],
    }


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
