"""Opening what is confidential from outside: allowed to the platform master, and always on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.kernel import audit
from portal.kernel.access import require

from .. import rules

if TYPE_CHECKING:
    from portal.accounts.models import User

    from ..models import Challenge


def open_confidential_part(challenge: Challenge, *, actor: User) -> str:
    """The confidential part as HTML. Raises ``Missing`` for whoever may not read it."""
    require(actor, rules.can_read_confidential, challenge)
    record_opening(challenge, actor=actor)
    return challenge.confidential_html


def record_opening(challenge: Challenge, *, actor: User, **facts: str) -> None:
    """Put it on record that ``actor`` read something confidential, unless it is theirs to read in passing."""
    if not rules.reads_confidential_in_passing(actor, challenge):
        audit.record("challenge.read_confidential", challenge, actor=actor, **facts)
