"""What accounts said by signal, told to whom it concerns; and what is forgotten with a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from portal.accounts import signals
from portal.accounts.models import Invitation, Membership, Organisation, User
from portal.accounts.queries import platform_masters
from portal.kernel.models import OutboxEntry
from portal.kernel.signals import transitioned

from .models import Choice, Digest, MutedThread, Notification, QuietHours, SentMail
from .notices import InvitationReceived, MembershipEnded, OrganisationDecided, OrganisationFounded
from .send import send

if TYPE_CHECKING:
    from collections.abc import Sequence


@receiver(signals.organisation_founded, sender=Organisation)
def tell_masters_of_new_organisation(sender: type[Organisation], obj: Organisation, **kwargs: Any) -> None:
    """Somebody has to verify it."""
    send(OrganisationFounded(obj), to=platform_masters())


@receiver(transitioned, sender=Organisation)
def tell_owners_of_decision(sender: type[Organisation], obj: Organisation, actor: User, **kwargs: Any) -> None:
    """Owners learn what was decided about their organisation."""
    owners = User.objects.filter(memberships__in=obj.memberships.owners()).exclude(pk=actor.pk)
    send(OrganisationDecided(obj), to=owners)


@receiver(signals.person_invited, sender=Invitation)
def tell_invited_person(sender: type[Invitation], invitation: Invitation, user: User, **kwargs: Any) -> None:
    """The invitation's page is theirs alone."""
    send(InvitationReceived(invitation), to=[user])


@receiver(signals.membership_removed, sender=Membership)
def tell_former_member(
    sender: type[Membership], user: User, organisation: Organisation, actor: User, **kwargs: Any
) -> None:
    """Unless they left by themselves."""
    if actor != user:
        send(MembershipEnded(organisation), to=[user])


@receiver(signals.person_erased, sender=User)
def forget_news_of_person(sender: type[User], user: User, addresses: Sequence[str], **kwargs: Any) -> None:
    """Their inbox, their choices and the mail under their addresses, kept or waiting, go."""
    for model in (Notification, Choice, QuietHours, MutedThread, Digest):
        model.objects.filter(user=user).delete()
    SentMail.objects.filter(to__in=addresses).delete()
    OutboxEntry.objects.filter(topic="mail", payload__to__in=list(addresses)).delete()
