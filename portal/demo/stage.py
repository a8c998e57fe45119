"""Putting the demo on: writing the whole script, then playing it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction

from challenges.models import Challenge
from patents.models import Patent
from portal.accounts.models import User
from portal.kernel.models import OutboxEntry

from . import growing, keeping, moderating, people, pooling, seeking, solving, talking
from .script import Script

Progress = Callable[[int | None, str], AbstractContextManager[Callable[..., None]]]

SIGN_INS = (
    ("mara", "platform master"),
    ("anke", "micro-owner, Nordlicht Appliances"),
    ("jonas", "micro-owner, Nordlicht Cold Chain"),
    ("imogen", "micro-owner, Meridian Rail Systems (a challenge in evaluation)"),
    ("wenjing", "micro-owner, 海晴厨电"),
    ("daria", "micro-owner, Волга Композит"),
    ("sofia", "creator with a draft and an award"),
    ("aiko", "creator with submissions in several states"),
    ("viktor", "reviewer"),
    ("grace", "patent owner, licensing"),
    ("leopold", "supplier"),
)


def is_on() -> bool:
    """Whether the demo has been loaded."""
    return User.objects.filter(email=people.address("mara")).exists()


def load(progress: Progress) -> dict[str, int]:
    """Load the demo, whole or not at all, and say what there is of it; harmless when it is there already.

    Nobody is mailed: the people are invented.
    """
    if not is_on():
        script = Script()
        for part in (people, seeking, solving, talking, moderating, pooling, growing, keeping):
            part.write(script)
        with progress(len(script), "demo") as advance, transaction.atomic():
            script.play(advance)
            OutboxEntry.objects.filter(topic="mail").delete()
    return {"people": User.objects.count(), "challenges": Challenge.objects.count(), "patents": Patent.objects.count()}


def accounts() -> list[dict[str, Any]]:
    """The sign-ins worth trying: e-mail, password, role."""
    return [{"email": people.address(key), "password": people.PASSWORD, "role": role} for key, role in SIGN_INS]
