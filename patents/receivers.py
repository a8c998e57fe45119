"""Whom this app tells of its own news."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Organisation, User
from portal.notifications.send import send

from .models import LicenceRequest
from .notices import LicenceRequested, LicenceRequestMoved
from .rules import is_on_licensor_side
from .signals import licence_request_answered, licence_requested


@receiver(licence_requested)
def tell_licensor_of_request(obj: LicenceRequest, **news: Any) -> None:
    """Whoever speaks for the offer learns that somebody asks."""
    send(LicenceRequested.of(obj), to=_licensors(obj))


@receiver(licence_request_answered)
def tell_other_side(obj: LicenceRequest, actor: Any, **news: Any) -> None:
    """The side that did not move learns that the other has."""
    to_licensee = is_on_licensor_side(actor, obj.offer)
    send(LicenceRequestMoved.of(obj), to=_licensees(obj) if to_licensee else _licensors(obj))


def _licensors(request: LicenceRequest) -> list[User]:
    offer = request.offer
    return _owners(offer.organisation) if offer.organisation else [offer.offered_by]


def _licensees(request: LicenceRequest) -> list[User]:
    return [request.requester, *(_owners(request.organisation) if request.organisation else [])]


def _owners(organisation: Organisation) -> list[User]:
    return [row.user for row in organisation.memberships.owners().select_related("user")]
