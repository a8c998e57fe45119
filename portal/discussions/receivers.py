"""What happens to the subjects of rooms, and reaches those who listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from portal.kernel.signals import object_changed, transitioned

from .events import doubt_rooms_about


@receiver(transitioned)
def doubt_rooms_of_moved_subject(sender: type[Model], obj: Model, **news: Any) -> None:
    """A subject moved to another state: who may be in its rooms may have changed."""
    doubt_rooms_about(obj)


@receiver(object_changed)
def doubt_rooms_of_changed_subjects(sender: type[Model], objs: Sequence[Any], **news: Any) -> None:
    """Subjects were written past ``save()``."""
    for obj in objs:
        if isinstance(obj, Model):
            doubt_rooms_about(obj)
