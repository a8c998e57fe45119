"""Work of this app that the outbox carries."""

from __future__ import annotations

from collections.abc import Sequence

from portal.kernel.models import OutboxEntry
from portal.kernel.outbox import handler

from .models import Invitation, User
from .signals import person_invited


@handler("invitation")
def tell_invited(entries: Sequence[OutboxEntry]) -> None:
    """Tell whoever has proved the invited address, if anybody has.

    Done here and not while inviting, so that inviting takes as long whether or not the portal knows the address.
    """
    for entry in entries:
        invitation = Invitation.objects.open().filter(pk=entry.key).select_related("organisation").first()
        if invitation is None:
            continue
        known = User.objects.present().filter(emailaddress__verified=True, emailaddress__email=invitation.email)
        for user in known:
            person_invited.send(sender=Invitation, invitation=invitation, user=user)
