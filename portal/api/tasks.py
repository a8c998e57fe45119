"""What is forgotten by the clock."""

from __future__ import annotations

from portal.kernel.schedule import every

from .models import KeptAnswer


@every(3600, "api.forget_answers")
def forget_answers() -> None:
    """Answers kept for repeated requests, after a day."""
    KeptAnswer.objects.over().delete()
