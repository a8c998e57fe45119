"""A person's own data, to take with them: each app adds its part when it is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import User

    Part = Callable[[User], Any]

_parts: dict[str, Part] = {}


def register(name: str, part: Part) -> None:
    """Add what ``part(user)`` returns, JSON types only, under ``name``; a name given again replaces the earlier."""
    _parts[name] = part


def own_data(user: User) -> dict[str, Any]:
    """Everything the portal keeps about ``user`` that is theirs."""
    return {name: _parts[name](user) for name in sorted(_parts)}


def account_part(user: User) -> dict[str, Any]:
    """The account, its addresses and the profile."""
    profile = getattr(user, "profile", None)
    return {
        "id": user.public_id,
        "name": user.display_name,
        "addresses": list(user.emailaddress_set.order_by("pk").values("email", "verified", "primary")),
        "language": user.preferred_language,
        "time_zone": user.time_zone,
        "joined": user.date_joined.isoformat(),
        "profile": profile
        and {
            "headline": profile.headline,
            "about": profile.bio,
            "skills": [skill.name for skill in profile.skills.all()],
            "languages": profile.languages,
            "country": str(profile.country),
            "public": profile.is_public,
        },
    }


def memberships_part(user: User) -> list[dict[str, Any]]:
    """Where the person belongs and in which role."""
    rows = user.memberships.select_related("organisation").order_by("pk")
    return [{"organisation": m.organisation.name, "role": m.role, "since": m.created_at.isoformat()} for m in rows]


def sessions_part(user: User) -> list[dict[str, Any]]:
    """Where the person is signed in."""
    rows = user.usersession_set.order_by("pk")
    return [
        {
            "since": s.created_at.isoformat(),
            "seen": s.last_seen_at.isoformat(),
            "address": s.ip,
            "browser": s.user_agent,
        }
        for s in rows
    ]
