"""Entering a challenge: accepting its terms, being approved, being turned away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import access, audit
from portal.kernel.clock import database_now
from portal.kernel.errors import Refused
from portal.kernel.workflow import CLOCK

from .. import rules, signals
from ..enums import RegistrationState as S
from ..models import Challenge, Consent, Registration, TermsVersion
from ..workflow import REGISTRATION

if TYPE_CHECKING:
    from portal.accounts.models import Organisation, User


def register_for(
    challenge: Challenge, *, actor: User, accept_terms: str, organisation: Organisation | None = None
) -> Registration:
    """Enter ``actor`` into ``challenge``, accepting the terms whose SHA-256 is ``accept_terms``.

    Where solvers are not vetted the registration is approved at once; else the seeker is asked. Doing it again
    is harmless, and is how new terms are accepted. Raises ``Missing`` for whoever stands on the seeker's or the
    reviewers' side, ``Refused`` after the deadline, for terms that are no longer the current ones, for an
    organisation one does not belong to, and for a person whose registration was revoked.
    """
    with transaction.atomic():
        access.require(actor, rules.can_enter_challenge, challenge)
        _refuse_late(challenge)
        _refuse_foreign(actor, organisation)
        registration, fresh = Registration.objects.select_for_update().get_or_create(
            challenge=challenge, user=actor, defaults={"organisation": organisation}
        )
        _ask(registration, actor, fresh)
        _consent(registration, actor, accept_terms)
        if registration.state == S.REQUESTED and not challenge.vets_solvers:
            registration = REGISTRATION.perform(registration, "approve", actor=CLOCK)
    return registration


def decide_registration(registration: Registration, name: str, *, actor: User, reason: str = "") -> Registration:
    """``approve``, ``decline`` or ``revoke`` a registration; the last two say why.

    Raises as the workflow does: ``Missing``, ``WrongState`` or ``Refused``.
    """
    return REGISTRATION.perform(registration, name, actor=actor, reason=reason)


def current_terms(challenge: Challenge) -> TermsVersion | None:
    """The frozen terms that stand, if there are any."""
    return challenge.terms_versions.filter(superseded_at__isnull=True, frozen_at__isnull=False).first()


def has_accepted(user: Any, terms: TermsVersion | None) -> bool:
    """Whether ``user`` has accepted these very terms; nothing to accept counts as accepted."""
    return terms is None or Consent.objects.filter(user=user, terms_version=terms, sha256=terms.sha256).exists()


def _refuse_late(challenge: Challenge) -> None:
    if challenge.closes_at is None or challenge.closes_at <= database_now():
        raise Refused(_("The deadline has passed: this challenge takes nobody in any more."), code="too_late")


def _refuse_foreign(actor: User, organisation: Organisation | None) -> None:
    if organisation is not None and organisation.pk not in actor.organisation_ids:
        raise Refused(_("You do not belong to this organisation."), code="not_member", field="organisation")


def _ask(registration: Registration, actor: User, fresh: bool) -> None:
    if registration.state == S.REVOKED:
        raise Refused(_("The seeker has ended your part in this challenge."), code="revoked")
    if fresh:
        audit.record("registration.request", registration, actor=actor, new=S.REQUESTED)
    elif registration.state == S.DECLINED:
        REGISTRATION.perform(registration, "request", actor=actor)
    else:
        return
    if registration.challenge.vets_solvers:
        signals.registration_requested.send(sender=Registration, obj=registration, actor=actor)


def _consent(registration: Registration, actor: User, accepted: str) -> None:
    """Write the ledger's line for the current terms, once."""
    terms = current_terms(registration.challenge)
    if terms is None:
        return
    if accepted != terms.sha256:
        message = _("The terms have changed since you read them. Please read the present version and accept it.")
        raise Refused(message, code="terms_stale", field="accept_terms")
    if not has_accepted(actor, terms):
        Consent.objects.create(user=actor, terms_version=terms, sha256=terms.sha256)
        audit.record("registration.consent", registration, actor=actor, terms=terms.sha256)
