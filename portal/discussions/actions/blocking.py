"""Not wanting to hear from somebody: one's own affair, of which they are told nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from portal.kernel import audit
from portal.kernel.access import require

from .. import rules
from ..models import Blocking

if TYPE_CHECKING:
    from portal.accounts.models import User


def block_person(person: User, *, actor: User) -> Blocking:
    """Fold what ``person`` says away from ``actor``, and let nothing they do reach them. Twice is once."""
    require(actor, rules.can_block, person)
    with transaction.atomic():
        blocking, made = Blocking.objects.get_or_create(blocker=actor, blocked=person)
        if made:
            audit.record("person.block", actor, actor=actor, person=person.pk)
    return blocking


def unblock_person(person: User, *, actor: User) -> None:
    """Hear from ``person`` again."""
    with transaction.atomic():
        gone, _rows = Blocking.objects.filter(blocker=actor.pk, blocked=person.pk).delete()
        if gone:
            audit.record("person.unblock", actor, actor=actor, person=person.pk)
