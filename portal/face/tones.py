"""How a state feels: the one table from the words objects use for their states to the tones of the design."""

from __future__ import annotations

TONES = ("neutral", "info", "success", "warning", "danger", "accent", "violet")

_words: dict[str, str] = {}


def say(tone: str, *states: str) -> None:
    """Let ``states`` show in ``tone``. Apps may add words of their own from ``AppConfig.ready``.

    Raises ``ValueError`` for a tone that the design does not have.
    """
    if tone not in TONES:
        raise ValueError(f"no such tone: {tone!r}; there are {', '.join(TONES)}")
    _words.update(dict.fromkeys(states, tone))


def tone_of(state: object) -> str:
    """The tone of ``state``; ``neutral`` for a word nobody has spoken for."""
    return _words.get(str(getattr(state, "value", state)), "neutral")


say("accent", "open", "active", "listed", "in_progress", "running", "development", "live", "in_production")
say("info", "submitted", "sent", "requested", "in_review", "under_review", "screening", "forecast", "planned")
say("info", "invited", "discovery", "scoping", "business_case", "evidence_submitted", "produced", "shipped", "offered")
say("violet", "evaluating", "in_evaluation", "validation", "pilot_production", "testing", "term_sheet", "countered")
say("violet", "shortlisted", "recommended", "reserved", "conditional_go", "in_payment")
say("warning", "pending", "changes_requested", "more_info", "on_hold", "hold", "paused", "due", "returned")
say("warning", "recycle", "lapsed", "frozen", "quarantined", "suspended", "pending_decision")
say("success", "approved", "verified", "eligible", "selected", "awarded", "accepted", "granted", "agreed", "signed")
say("success", "decided", "completed", "graduated", "go", "paid", "settled", "contracted", "funded", "released")
say("success", "tested_pass", "launch", "confirmed")
say("danger", "declined", "refused", "ineligible", "disqualified", "cancelled", "revoked", "kill", "stopped", "failed")
say("danger", "conflict", "terminated", "tested_fail", "scrapped", "withdrawn_or_refused")
# the levels of django.contrib.messages
say("info", "info")
say("success", "success")
say("warning", "warning")
say("danger", "error", "danger")
