"""Who is told of a challenge's life."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.dispatch import receiver

from portal.accounts.models import User
from portal.notifications.send import send

from .. import signals
from ..enums import RegistrationState
from ..models import Challenge, TermsVersion
from ..notices import posting as notices
from .solving import seekers

TAKING_PART = (RegistrationState.REQUESTED, RegistrationState.APPROVED)


def solvers(challenge: Challenge) -> Iterable[User]:
    """The people who take part, or have asked to."""
    return User.objects.filter(registrations__challenge=challenge, registrations__state__in=TAKING_PART)


@receiver(signals.challenge_submitted_for_review, sender=Challenge)
def tell_masters(obj: Challenge, **kwargs: Any) -> None:
    """A challenge waits for the platform masters."""
    send(notices.ChallengeWaits.of(obj), to=User.objects.present().filter(is_platform_master=True))


@receiver(signals.challenge_changes_requested, sender=Challenge)
def tell_of_changes(obj: Challenge, **kwargs: Any) -> None:
    """The owners read what to change."""
    send(notices.ChangesRequested.of(obj), to=seekers(obj))


@receiver(signals.challenge_approved, sender=Challenge)
def tell_of_approval(obj: Challenge, **kwargs: Any) -> None:
    """The owners may go on."""
    send(notices.ChallengeApproved.of(obj), to=seekers(obj))


@receiver(signals.challenge_published, sender=Challenge)
def tell_of_opening(obj: Challenge, **kwargs: Any) -> None:
    """The owners learn that the clock has opened it."""
    send(notices.ChallengeOpened.of(obj), to=seekers(obj))


@receiver(signals.challenge_closed, sender=Challenge)
def tell_of_closing(obj: Challenge, **kwargs: Any) -> None:
    """The owners learn how many answered."""
    send(notices.ChallengeClosed.of(obj), to=seekers(obj))


@receiver(signals.challenge_cancelled, sender=Challenge)
def tell_of_cancelling(obj: Challenge, **kwargs: Any) -> None:
    """Everybody who took part learns why it ended."""
    send(notices.ChallengeCancelled.of(obj), to=[*seekers(obj), *solvers(obj)])


@receiver(signals.terms_revised, sender=TermsVersion)
def tell_of_new_terms(terms: TermsVersion, **kwargs: Any) -> None:
    """Everybody who took part is asked again."""
    send(notices.TermsRevised.of(terms), to=solvers(terms.challenge))
