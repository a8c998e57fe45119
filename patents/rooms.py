"""Where patents and licences are talked about: in the open beside a patent, between two sides beside a request."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.rules import is_person
from portal.discussions import audiences
from portal.discussions.actions import open_room

from . import rules
from .models import LicenceRequest, Patent
from .signals import licence_requested

PATENT, REQUEST = "patent", "licence_request"


def readable_patents(user: Any) -> QuerySet[Any, Any]:
    """The patents whose room ``user`` may read: the twin of ``rules.can_view_patent``."""
    return Patent.objects.visible_to(user).values("pk")


def readable_requests(user: Any) -> QuerySet[Any, Any]:
    """The requests whose room ``user`` may read: the twin of ``rules.can_view_request``."""
    return LicenceRequest.objects.visible_to(user).values("pk")


audiences.register(
    audiences.Audience(
        name=PATENT,
        can_read=rules.can_view_patent,
        can_write=is_person,
        readable_ids=readable_patents,
        label=_("Everyone"),
    )
)
audiences.register(
    audiences.Audience(
        name=REQUEST,
        can_read=rules.can_view_request,
        can_write=rules.can_talk_in_request,
        readable_ids=readable_requests,
        label=_("Both sides of the licence request"),
    )
)


@receiver(licence_requested)
def open_room_of_request(obj: LicenceRequest, **news: Any) -> None:
    """The two sides have a room from the first moment."""
    open_room(REQUEST, obj, str(obj))
