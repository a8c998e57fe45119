"""What may follow what in the assignment of a review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.kernel.workflow import Transition, Workflow

from .. import rules, signals
from ..enums import AssignmentState as S

ASSIGNMENT = Workflow(
    "review_assignment",
    (
        Transition("accept", S.INVITED, S.ACCEPTED, rules.can_answer_assignment, label=_("Accept"), tone="primary"),
        Transition(
            "decline", (S.INVITED, S.ACCEPTED), S.DECLINED, rules.is_assignee, label=_("Decline"), needs_reason=True
        ),
        Transition(
            "declare_conflict",
            (S.INVITED, S.ACCEPTED, S.IN_PROGRESS, S.SUBMITTED, S.RETURNED),
            S.CONFLICT,
            rules.can_declare_conflict,
            label=_("Declare a conflict of interest"),
            needs_reason=True,
            tone="danger",
        ),
        Transition("start", S.ACCEPTED, S.IN_PROGRESS, rules.can_score, label=_("Begin the review")),
        Transition(
            "submit",
            (S.ACCEPTED, S.IN_PROGRESS, S.RETURNED),
            S.SUBMITTED,
            rules.can_score,
            label=_("Submit the review"),
            signal=signals.review_submitted,
            tone="primary",
        ),
        Transition("send_back", S.SUBMITTED, S.RETURNED, rules.may_send_back, label=_("Send back"), needs_reason=True),
    ),
)
