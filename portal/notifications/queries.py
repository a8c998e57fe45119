"""What is read about news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .categories import label_of
from .models import MutedCategory, Notification
from .rules import may_still_see

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class News:
    """A notification as its reader sees it; ``gone`` when they may no longer see what it is about."""

    notification: Notification
    category: str
    gone: bool


def news_for(user: User, notifications: Iterable[Notification]) -> list[News]:
    """The notifications of one page; each object's right to be seen is asked once."""
    seen: dict[tuple[str, str], bool] = {}
    for row in notifications:
        about = (row.kind, row.key)
        if about not in seen:
            seen[about] = may_still_see(user, row)
    return [News(row, label_of(row.category), not seen[row.kind, row.key]) for row in notifications]


def muted_by(user: User) -> set[str]:
    """The categories ``user`` wants no mail of."""
    return set(MutedCategory.objects.filter(user=user).values_list("category", flat=True))
