"""What happened to a challenge, in words: the audit log as its seeker reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit

from ..enums import ChallengeState
from ..models import Challenge

DEEDS: dict[str, str | Promise] = {
    "challenge.draft": _("Drafted"),
    "challenge.update": _("Changed"),
    "challenge.attach": _("File added"),
    "challenge.detach": _("File removed"),
    "challenge.revise_terms": _("New terms offered"),
    "challenge.read_confidential": _("Confidential part opened"),
    "challenge.invite": _("Somebody invited"),
    "challenge.import": _("Imported"),
}


@dataclass(frozen=True)
class Event:
    """One line of the history; ``tone`` is a state where the deed led to one."""

    label: str | Promise
    at: datetime
    by: str
    tone: str


def history_of(challenge: Challenge) -> list[Event]:
    """What happened, newest first."""
    return [
        Event(_label(event.action, event.facts), event.at, str(event.actor or _("the clock")), _tone(event.facts))
        for event in reversed(audit.history(challenge))
    ]


def _label(action: str, facts: dict[str, str]) -> str | Promise:
    state = facts.get("new", "")
    if state in ChallengeState.values:
        return ChallengeState(state).label
    return DEEDS.get(action, action)


def _tone(facts: dict[str, str]) -> str:
    return "accent" if facts.get("new") else "neutral"
