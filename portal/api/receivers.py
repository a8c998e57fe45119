"""What follows for tokens from what happens to people."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from portal.accounts import signals
from portal.accounts.models import User

from .models import ApiToken, KeptAnswer


@receiver(signals.person_erased, sender=User)
def forget_programs(sender: type[User], user: User, **news: Any) -> None:
    """An erased person's programs are signed out with them, and what these were answered is kept no longer."""
    ApiToken.objects.filter(user=user).delete()
    KeptAnswer.objects.filter(user=user).delete()
