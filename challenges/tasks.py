"""What happens to challenges by the clock; every task is safe to run twice and at the same moment."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db.models import Model

from portal.kernel.clock import database_now
from portal.kernel.errors import Missing, Refused
from portal.kernel.schedule import every
from portal.kernel.workflow import CLOCK

from .actions.moving import close_challenge, close_phase, open_phase, publish_challenge
from .models import Challenge, ChallengePhase

log = logging.getLogger(__name__)

M = TypeVar("M", bound=Model)


@every(5, "challenges.deadlines")
def move_challenges() -> int:
    """Close what is due, then open what is due: challenges first, then the phases of those still open.

    Returns how many were moved.
    """
    now = database_now()
    moved = _each(Challenge.objects.due_to_close(now), close_challenge)
    moved += _each(Challenge.objects.due_to_open(now), publish_challenge)
    moved += _each(ChallengePhase.objects.due_to_close(now), close_phase)
    moved += _each(ChallengePhase.objects.due_to_open(now), open_phase)
    return moved


def _each(rows: Iterable[M], move: Callable[..., Any]) -> int:
    """Move each row; one that another clock moved first, or that cannot go, holds up no other."""
    moved = 0
    for row in list(rows):
        try:
            move(row, actor=CLOCK)
        except (Refused, Missing) as refusal:
            log.info("the clock left %s %s: %s", row._meta.model_name, row.pk, type(refusal).__name__)
        else:
            moved += 1
    return moved
