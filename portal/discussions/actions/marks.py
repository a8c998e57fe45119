"""What people do with a message of anybody's: react to it, pin it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.errors import Refused

from .. import events, rules
from ..enums import Sign
from ..models import Message, Reaction
from .revising import revise

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_PINNED = 20


def react(message: Message, *, actor: User, sign: str, on: bool) -> Message:
    """Put ``sign`` on ``message``, or take it off again; what is so already stays so and tells nobody.

    Raises ``Missing`` for people who may not write beside it, and ``Refused`` for a sign there is not.
    """
    if sign not in Sign.values:
        raise Refused(_("There is no such sign."), code="bad_sign", field="sign")
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_react, pk=message.pk)
        mine = {"message": locked, "user": actor, "sign": sign}
        changed = Reaction.objects.get_or_create(**mine)[1] if on else Reaction.objects.filter(**mine).delete()[0]
        if changed:
            revise(locked)
            events.tell_reacted(locked, actor, sign, on)
    return locked


def pin(message: Message, *, actor: User, on: bool) -> Message:
    """Keep ``message`` at the head of its room, or no longer.

    Raises ``Missing`` for people who do not keep order there, and ``Refused`` when as many are pinned as can be.
    """
    with transaction.atomic():
        locked = fetch_locked(_whole(), actor, rules.can_pin_message, pk=message.pk)
        if bool(locked.pinned_at) == on:
            return locked
        if on and locked.room.messages.pinned().count() >= MOST_PINNED:
            raise Refused(_("Twenty messages are pinned here already: take one off first."), code="too_many")
        locked.pinned_at = timezone.now() if on else None
        revise(locked, "pinned_at")
        audit.record("message.pin" if on else "message.unpin", locked, actor=actor)
        events.tell_edited(locked)
    return locked


def _whole() -> Any:
    return Message.objects.select_related("room__content_type", "author", "reply_to__author")
