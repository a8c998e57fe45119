"""What happens to people's rights elsewhere, and reaches their open sockets."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.accounts import signals
from portal.accounts.models import Organisation, User

from . import publish


@receiver(signals.signed_out)
@receiver(signals.membership_removed)
@receiver(signals.membership_changed)
@receiver(signals.person_erased)
def doubt_person(sender: object, user: User | None, **news: Any) -> None:
    """Somebody signed out, left an organisation or the portal."""
    if user is not None and user.pk:
        publish.doubt_person(user.pk)


@receiver(signals.access_changed)
def doubt_whom_it_concerns(sender: object, obj: User | Organisation, **news: Any) -> None:
    """What a person, or everyone of an organisation, may do has changed."""
    if isinstance(obj, User):
        publish.doubt_person(obj.pk)
    else:
        publish.doubt_all()


@receiver(post_save, sender=User)
def doubt_changed_person(sender: object, instance: User, created: bool, **news: Any) -> None:
    """A person was saved: with another password, deactivated, without a role they had."""
    if not created:
        publish.doubt_person(instance.pk)


@receiver(post_delete, sender=User)
def doubt_deleted_person(sender: object, instance: User, **news: Any) -> None:
    """A person's row is gone."""
    publish.doubt_person(instance.pk)
