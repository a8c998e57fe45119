"""The room beside each venture, for those inside it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.discussions import audiences
from portal.discussions.actions import open_room

from . import rules
from .models import Venture
from .signals import venture_opened

AUDIENCE = "venture"


def readable_ids(user: Any) -> QuerySet[Any, Any]:
    """The ventures whose room ``user`` may read: the twin of ``rules.can_enter_venture``."""
    return Venture.objects.inside_of(user).values("pk")


audiences.register(
    audiences.Audience(
        name=AUDIENCE,
        can_read=rules.can_enter_venture,
        can_write=rules.can_enter_venture,
        readable_ids=readable_ids,
        label=_("Those inside the venture"),
    )
)


@receiver(venture_opened)
def open_room_of_venture(obj: Venture, **news: Any) -> None:
    """Every venture has its room from the first moment."""
    open_room(AUDIENCE, obj, obj.title)
