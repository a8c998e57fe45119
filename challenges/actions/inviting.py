"""Asking somebody to look at a challenge."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Organisation
from portal.kernel import audit, kinds
from portal.kernel.access import fetch_locked
from portal.kernel.clock import database_now
from portal.kernel.errors import Refused

from .. import rules, signals
from ..models import Challenge, ChallengeInvitation

if TYPE_CHECKING:
    from portal.accounts.models import User

MOST_A_DAY = 50


def invite(challenge: Challenge, invited: User | Organisation, *, actor: User) -> ChallengeInvitation:
    """Tell a person, or the owners of an organisation, that the challenge may be for them.

    The caller has found ``invited`` among what everybody may see. Inviting again returns the invitation there is and
    tells nobody. Raises ``Missing`` for people who do not manage the challenge and once it takes nobody in any more,
    ``Refused`` for whoever stands on another side of the table or has entered already, and past fifty a day.
    """
    whom = {"organisation": invited} if isinstance(invited, Organisation) else {"user": invited}
    with transaction.atomic():
        kept = fetch_locked(Challenge, actor, rules.can_invite_to_challenge, pk=challenge.pk)
        before = kept.invitations.filter(**whom).first()
        if before is not None:
            return before
        _refuse_unfit(kept, invited)
        _refuse_flood(kept)
        invitation = kept.invitations.create(**whom, invited_by=actor)
        audit.record("challenge.invite", kept, actor=actor, invited=f"{kinds.of(invited).name}:{kinds.key(invited)}")
        signals.solver_invited.send(sender=ChallengeInvitation, invitation=invitation, actor=actor)
    return invitation


def _refuse_unfit(challenge: Challenge, invited: User | Organisation) -> None:
    if isinstance(invited, Organisation):
        if invited.pk == challenge.organisation_id:
            raise Refused(_("This is the organisation that asks."), code="own_side")
        entered = challenge.registrations.filter(organisation=invited)
    else:
        if not rules.may_answer_challenge(invited, challenge):
            raise Refused(_("They stand on another side of this challenge."), code="own_side")
        entered = challenge.registrations.filter(user=invited)
    if entered.exists():
        raise Refused(_("They have entered this challenge already."), code="entered")


def _refuse_flood(challenge: Challenge) -> None:
    since = database_now() - timedelta(days=1)
    if challenge.invitations.filter(created_at__gt=since).count() >= MOST_A_DAY:
        message = _("That is enough for a day: %(most)d were invited. Please go on tomorrow.") % {"most": MOST_A_DAY}
        raise Refused(message, code="too_many")
