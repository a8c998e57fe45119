"""What is read of submissions: one for its page, many for the seeker's list, and a person's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, FloatField, Prefetch, Q, QuerySet, Sum

from portal.kernel import audit
from portal.kernel.models import AuditEvent

from ..enums import AssignmentState, BlindLevel, SubmissionState
from ..models import (
    Challenge,
    DisclosureReceipt,
    Score,
    Submission,
    SubmissionAccess,
    SubmissionFile,
    SubmissionVersion,
)

if TYPE_CHECKING:
    from portal.accounts.models import User
    from portal.accounts.querysets import Viewer

_OUT = (AssignmentState.DECLINED, AssignmentState.CONFLICT)
WORK_OPEN = (SubmissionState.DRAFT, SubmissionState.MORE_INFO)


@dataclass(frozen=True)
class Step:
    """A state a submission entered, and when."""

    state: SubmissionState
    at: Any

    @property
    def label(self) -> str:
        return str(self.state.label)


def with_context() -> QuerySet[Submission]:
    """Submissions with what their rules and pages ask for at once."""
    return Submission.objects.select_related("challenge__organisation", "team__lead")


def submissions_for_seeker(challenge: Challenge, user: Viewer) -> QuerySet[Submission]:
    """What was filed in ``challenge``, as ``user`` may see it, with how many reviews are in and their mean score."""
    counted = ~Q(assignments__state=AssignmentState.CONFLICT) & Q(assignments__review__submitted_at__isnull=False)
    return (
        with_context()
        .filter(challenge=challenge, pk__in=Submission.objects.visible_to(user))
        .filed()  # type: ignore[attr-defined]
        .annotate(
            reviews_asked=Count("assignments", filter=~Q(assignments__state__in=_OUT), distinct=True),
            reviews_in=Count("assignments", filter=counted, distinct=True),
        )
    )


def mean_scores(submissions: Sequence[Submission]) -> dict[int, float]:
    """Submission id → weighted mean of its submitted reviews in per cent; conflicts of interest do not count."""
    share = F("value") * F("criterion__weight") * 100.0 / F("criterion__max_score")
    rows = (
        Score.objects.filter(
            review__submitted_at__isnull=False, review__assignment__submission__in=[one.pk for one in submissions]
        )
        .exclude(review__assignment__state=AssignmentState.CONFLICT)
        .values("review__assignment__submission", "review")
        .annotate(got=Sum(share, output_field=FloatField()), weight=Sum("criterion__weight", output_field=FloatField()))
    )
    by_submission: dict[int, list[float]] = {}
    for row in rows:
        by_submission.setdefault(row["review__assignment__submission"], []).append(row["got"] / row["weight"])
    return {key: sum(values) / len(values) for key, values in by_submission.items()}


def readable_versions(submission: Submission, user: Viewer) -> list[SubmissionVersion]:
    """The versions whose bodies ``user`` may read, newest first, with files and receipts."""
    files = Prefetch("files", SubmissionFile.objects.order_by("pk"))
    rows = SubmissionVersion.objects.readable_by(user).filter(submission=submission)
    return list(rows.select_related("phase", "receipt", "filed_by").prefetch_related(files).order_by("-number"))


def files_of(version: SubmissionVersion) -> list[SubmissionFile]:
    """What goes with the version: its own files, or while it is the draft those that are filed with nothing yet."""
    return list(version.files.all()) if version.is_filed else draft_files(version.submission)


def newest_receipt(submission: Submission) -> DisclosureReceipt | None:
    """The receipt of what was filed last; for the team's eyes."""
    return DisclosureReceipt.objects.filter(version__submission=submission).order_by("-issued_at", "-pk").first()


def draft_files(submission: Submission) -> list[SubmissionFile]:
    """The files of the draft; for the team's eyes."""
    return list(submission.files.filter(version__isnull=True).order_by("pk"))


def receipts_of(submission: Submission) -> QuerySet[DisclosureReceipt]:
    """Its receipts, newest first."""
    return DisclosureReceipt.objects.filter(version__submission=submission).order_by("-issued_at")


def accesses_of(submission: Submission) -> list[SubmissionAccess]:
    """Who outside the team opened what, newest first; for the team's eyes. A reviewer in a blind review has no name:
    their ``viewer`` is None here."""
    accesses = list(submission.accesses.select_related("viewer", "version")[:100])
    nameless = _blind_reviewers(submission)
    for access in accesses:
        if access.viewer_id in nameless:
            access.viewer = None  # type: ignore[assignment]
    return accesses


def _blind_reviewers(submission: Submission) -> frozenset[int]:
    if not submission.challenge.phases.exclude(blind_level=BlindLevel.OPEN).exists():
        return frozenset()
    return frozenset(submission.assignments.values_list("reviewer_id", flat=True))


def timeline(submission: Submission) -> list[Step]:
    """The states it has been in, oldest first, from the audit."""
    kind, key = audit.identify(submission)
    moves = AuditEvent.objects.filter(kind=kind, object_id=key).order_by("sequence").values_list("facts", "at")
    steps = [Step(SubmissionState.DRAFT, submission.created_at)]
    for facts, at in moves:
        state = facts.get("new")
        if state and state != steps[-1].state:
            steps.append(Step(SubmissionState(state), at))
    return steps


def own_submissions(user: User) -> QuerySet[Submission]:
    """The submissions of a person's teams."""
    return with_context().filter(pk__in=Submission.objects.of_team_member(user))


def own_submission_in(challenge: Challenge, user: Viewer) -> Submission | None:
    """A person's submission to ``challenge`` that is not withdrawn, if there is one."""
    rows = Submission.objects.of_team_member(user).filter(challenge=challenge)
    return rows.exclude(state=SubmissionState.WITHDRAWN).first()


def my_open_work(user: User) -> QuerySet[Submission]:
    """A person's submissions that wait for them: drafts, and those asked for more, while the challenge is open."""
    return own_submissions(user).filter(state__in=WORK_OPEN, challenge__state="open").order_by("challenge__closes_at")


def submissions_to_decide(user: User) -> QuerySet[Submission]:
    """What waits for a decision of ``user`` as a seeker: filed, phase closed, nothing decided."""
    undecided = (
        SubmissionState.SUBMITTED,
        SubmissionState.SCREENING,
        SubmissionState.ELIGIBLE,
        SubmissionState.IN_EVALUATION,
    )
    return (
        with_context()
        .filter(challenge__in=Challenge.objects.sought_by(user), state__in=undecided, pending_decision="")
        .filter(challenge__state__in=("closed", "evaluating"), pk__in=Submission.objects.visible_to(user))
        .order_by("challenge__decision_due_at", "pk")
    )


def named_to(submissions: Sequence[Submission], user: Viewer) -> frozenset[int]:
    """The ids of those of ``submissions`` whose team ``user`` may know by name."""
    named = Submission.objects.naming_solver_to(user).filter(pk__in=[one.pk for one in submissions])
    return frozenset(named.values_list("pk", flat=True))
