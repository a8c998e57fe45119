"""Who belongs to an organisation: invited, joined, changed, gone.

An organisation always keeps an owner. Memberships of one organisation change under the lock of its row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.commit import enqueue
from portal.kernel.errors import Missing, Refused

from .. import signals
from ..enums import InvitationAnswer, MembershipRole
from ..models import Invitation, Membership, Organisation
from ..rules import can_manage_members, is_invited, is_member, owns_inviting_organisation

if TYPE_CHECKING:
    from ..models import User

INVITATIONS_AN_HOUR = 20


def invite_member(
    organisation: Organisation, *, actor: User, email: str, role: str = MembershipRole.MEMBER
) -> Invitation:
    """Invite whoever has this address; the answer is the same whether anybody does.

    Inviting an address again returns the open invitation. Raises ``Missing`` for people who do not own the
    organisation, ``Refused`` past twenty invitations an hour.
    """
    address = email.strip().lower()
    with transaction.atomic():
        kept = fetch_locked(Organisation, actor, can_manage_members, pk=organisation.pk)
        _refuse_flood(kept)
        invitation, fresh = kept.invitations.open().get_or_create(
            organisation=kept, email=address, defaults={"role": role, "invited_by": actor}
        )
        if fresh:
            audit.record("organisation.invite", kept, actor=actor, role=role, address=audit.digest(address))
            enqueue("invitation", str(invitation.pk))
    return invitation


def withdraw_invitation(invitation: Invitation, *, actor: User) -> Invitation:
    """Take an open invitation back. ``Missing`` for people who do not own the organisation."""
    with transaction.atomic():
        kept = fetch_locked(Invitation.objects.open(), actor, owns_inviting_organisation, pk=invitation.pk)
        return _answer(kept, InvitationAnswer.WITHDRAWN)


def accept_invitation(invitation: Invitation, *, actor: User) -> Membership:
    """Join. ``Missing`` unless the invitation is open and went to an address ``actor`` has proved."""
    with transaction.atomic():
        kept = fetch_locked(Invitation, actor, is_invited, pk=invitation.pk)
        _answer(kept, InvitationAnswer.ACCEPTED)
        return add_member(kept.organisation, actor, role=kept.role, actor=actor)


def decline_invitation(invitation: Invitation, *, actor: User) -> Invitation:
    """Say no; the organisation is not told why."""
    with transaction.atomic():
        return _answer(fetch_locked(Invitation, actor, is_invited, pk=invitation.pk), InvitationAnswer.DECLINED)


def add_member(
    organisation: Organisation, user: User, *, role: str = MembershipRole.MEMBER, actor: User | None
) -> Membership:
    """Put ``user`` into ``organisation``; somebody who is in it already keeps their role.

    For accepted invitations and for set-up; who may call it is decided by what calls it.
    """
    with transaction.atomic():
        membership, fresh = Membership.objects.get_or_create(
            user=user, organisation=organisation, defaults={"role": role}
        )
        if fresh:
            audit.record("organisation.join", organisation, actor=actor, member=user.pk, role=role)
            signals.membership_added.send(sender=Membership, user=user, organisation=organisation, role=role)
    user.forget_roles()
    return membership


def change_role(organisation: Organisation, user: User, role: str, *, actor: User) -> Membership:
    """Make a member an owner or the other way round. ``Refused`` for the last owner."""
    with transaction.atomic():
        kept = fetch_locked(Organisation, actor, can_manage_members, pk=organisation.pk)
        membership = _membership(kept, user)
        if role != MembershipRole.OWNER:
            _refuse_last_owner(membership)
        membership.role = role
        membership.save()
        audit.record("organisation.change_role", kept, actor=actor, member=user.pk, role=role)
        signals.membership_changed.send(sender=Membership, user=user, organisation=kept, role=role)
    user.forget_roles()
    return membership


def remove_member(organisation: Organisation, user: User, *, actor: User) -> None:
    """Take ``user`` out: they lose at once what they saw as a member. ``Refused`` for the last owner."""
    with transaction.atomic():
        kept = fetch_locked(Organisation, actor, can_manage_members, pk=organisation.pk)
        _end(kept, user, actor)


def leave_organisation(organisation: Organisation, *, actor: User) -> None:
    """Go. ``Refused`` for the last owner, who first makes somebody else one."""
    with transaction.atomic():
        kept = fetch_locked(Organisation, actor, is_member, pk=organisation.pk)
        _end(kept, actor, actor)


def _end(organisation: Organisation, user: User, actor: User) -> None:
    membership = _membership(organisation, user)
    _refuse_last_owner(membership)
    membership.delete()
    audit.record("organisation.leave", organisation, actor=actor, member=user.pk)
    user.forget_roles()
    signals.membership_removed.send(sender=Membership, user=user, organisation=organisation, actor=actor)


def _membership(organisation: Organisation, user: User) -> Membership:
    membership = organisation.memberships.filter(user=user).first()
    if membership is None:
        raise Missing
    return membership


def _refuse_last_owner(membership: Membership) -> None:
    others = membership.organisation.memberships.owners().exclude(pk=membership.pk)
    if membership.role == MembershipRole.OWNER and not others.exists():
        raise Refused(_("An organisation keeps an owner: make somebody else one first."), code="last_owner")


def _refuse_flood(organisation: Organisation) -> None:
    recent = organisation.invitations.filter(created_at__gt=timezone.now() - timedelta(hours=1)).count()
    if recent >= INVITATIONS_AN_HOUR:
        raise Refused(_("Twenty invitations an hour are enough; try again later."), code="too_many")


def _answer(invitation: Invitation, answer: InvitationAnswer) -> Invitation:
    invitation.answer = answer
    invitation.save(update_fields=["answer"])
    return invitation
