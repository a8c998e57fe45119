"""What may follow what in a submission."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from .. import rules, signals
from ..enums import PendingDecision as D
from ..enums import SubmissionState as S
from . import guards

UNDER_WAY = (S.SUBMITTED, S.SCREENING, S.MORE_INFO, S.ELIGIBLE, S.IN_EVALUATION, S.SHORTLISTED, S.SELECTED)
"""Filed, and neither refused nor decided."""

SUBMISSION = Workflow(
    "submission",
    (
        Transition(
            "submit",
            (S.DRAFT, S.SUBMITTED, S.MORE_INFO, S.SHORTLISTED),
            S.SUBMITTED,
            rules.can_submit_submission,
            label=_("File"),
            guard=guards.is_in_time,
            tone="primary",
        ),
        Transition(
            "withdraw",
            (S.DRAFT, *UNDER_WAY, S.INELIGIBLE, S.NOT_SELECTED),
            S.WITHDRAWN,
            rules.can_withdraw_submission,
            label=_("Withdraw"),
            signal=signals.submission_withdrawn,
            tone="danger",
        ),
        Transition("screen", S.SUBMITTED, S.SCREENING, rules.can_decide_submission, label=_("Begin screening")),
        Transition(
            "ask_more",
            S.SCREENING,
            S.MORE_INFO,
            rules.can_decide_submission,
            label=_("Ask for more information"),
            needs_reason=True,
        ),
        Transition(
            "accept_eligible",
            (S.SCREENING, S.MORE_INFO),
            S.ELIGIBLE,
            rules.can_decide_submission,
            label=_("Accept as eligible"),
            tone="primary",
        ),
        Transition(
            "refuse_eligible",
            (S.SCREENING, S.MORE_INFO),
            S.INELIGIBLE,
            rules.can_decide_submission,
            label=_("Refuse as ineligible"),
            needs_reason=True,
        ),
        Transition(
            "evaluate",
            S.ELIGIBLE,
            S.IN_EVALUATION,
            rules.can_decide_submission,
            label=_("Begin evaluation"),
            tone="primary",
        ),
        Transition(
            "shortlist",
            S.IN_EVALUATION,
            S.SHORTLISTED,
            rules.can_decide_submission | rules.can_carry_out(D.SHORTLIST),
            label=_("Shortlist"),
        ),
        Transition(
            "select",
            (S.IN_EVALUATION, S.SHORTLISTED),
            S.SELECTED,
            rules.can_decide_submission | rules.can_carry_out(D.SELECT),
            label=_("Select"),
            tone="primary",
        ),
        Transition(
            "decline",
            (S.IN_EVALUATION, S.SHORTLISTED),
            S.NOT_SELECTED,
            rules.can_decide_submission | rules.can_carry_out(D.DECLINE),
            label=_("Decline"),
        ),
        Transition("award", S.SELECTED, S.AWARDED, rules.can_award, label=_("Award"), tone="primary"),
        Transition(
            "disqualify",
            UNDER_WAY,
            S.DISQUALIFIED,
            rules.can_disqualify_submission,
            label=_("Disqualify"),
            needs_reason=True,
            tone="danger",
        ),
    ),
)
