"""How somebody wants to be told: what they chose, or else what the categories say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from .categories import Category, all_categories, find
from .enums import Rhythm
from .models import Choice, QuietHours

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Chosen:
    """How the news of a category reaches somebody."""

    category: Category
    mail: Rhythm
    live: bool


def choices_of(user: User) -> list[Chosen]:
    """How the news of each category reaches ``user``; one query."""
    rows = {row.category: row for row in Choice.objects.filter(user=user)}
    return [_chosen(category, rows.get(category.name)) for category in all_categories()]


def choice_of(user: User, category: str) -> Chosen:
    """How the news of one category reaches ``user``."""
    return _chosen(find(category), Choice.objects.filter(user=user, category=category).first())


def zone_of(user: User) -> ZoneInfo:
    """The time zone somebody lives in; that of the world where theirs is no longer known."""
    try:
        return ZoneInfo(user.time_zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def quiet_until(user: User, now: datetime | None = None) -> datetime | None:
    """When the quiet hours end that ``user`` is in; None when they are in none."""
    hours = QuietHours.objects.filter(user=user).first()
    if hours is None or hours.begins == hours.ends:
        return None
    local = (now or timezone.now()).astimezone(zone_of(user))
    if not _lies_in(local.time(), hours.begins, hours.ends):
        return None
    day = local.date() if local.time() < hours.ends else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.ends, tzinfo=local.tzinfo)


def _lies_in(moment: time, begins: time, ends: time) -> bool:
    return begins <= moment < ends if begins < ends else moment >= begins or moment < ends


def _chosen(category: Category, row: Choice | None) -> Chosen:
    return Chosen(category, Rhythm(row.mail) if row else category.mail, row.live if row else True)
