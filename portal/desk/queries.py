"""What the desks show: what waits for somebody, and what they have under way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from challenges.enums import ChallengeState
from challenges.models import Challenge, Submission
from challenges.queries import awards, reviews, submissions
from challenges.queries import challenges as posted
from challenges.rules import can_approve_challenge
from patents import queries as patents
from patents.models import LicenceRequest
from portal.accounts.models import Organisation, User
from portal.accounts.queries import organisations_waiting
from portal.accounts.rules import is_platform_master
from portal.discussions import queries as discussions
from portal.discussions.models import Room
from portal.incubation import queries as incubation
from portal.incubation.models import Venture
from portal.kernel.models import AuditEvent, OutboxEntry

MOST = 50
RECENT = 8


@dataclass(frozen=True)
class Task:
    """Something that waits for the person: what to do, with what, where, and until when."""

    what: str | Promise
    title: str
    url: str
    due: datetime | None = None
    beside: str = ""


@dataclass(frozen=True)
class Desk:
    """A person's desk: tasks, soonest first, then what they have under way."""

    tasks: Sequence[Task]
    challenges: Sequence[Challenge]
    submissions: Sequence[Submission]
    ventures: Sequence[Venture]
    requests: Sequence[LicenceRequest]
    rooms: Sequence[Room]

    @property
    def is_bare(self) -> bool:
        """Nothing to do and nothing under way: somebody who has just arrived."""
        under_way = (self.challenges, self.submissions, self.ventures, self.requests)
        return not self.tasks and not any(under_way)


@dataclass(frozen=True)
class MasterDesk:
    """What waits for the platform master, and how the portal is doing."""

    organisations: Sequence[Organisation]
    challenges: Sequence[Challenge]
    cases: int
    challenges_by_state: Sequence[tuple[str, str | Promise, int]]
    people: int
    waiting: int
    oldest: datetime | None
    dead: Sequence[OutboxEntry]
    events: Sequence[AuditEvent] = field(default=())


def desk_of(user: User) -> Desk:
    """The desk of ``user``."""
    own = list(posted.own_challenges(user).exclude(state=ChallengeState.ARCHIVED).order_by("-updated_at")[:RECENT])
    return Desk(
        tasks=sorted(_tasks(user), key=lambda task: (task.due is None, task.due or timezone.now()))[:MOST],
        challenges=own,
        submissions=list(submissions.own_submissions(user).order_by("-updated_at")[:RECENT]),
        ventures=list(incubation.my_ventures(user).order_by("-updated_at")[:RECENT]),
        requests=list(patents.requests_out(user).order_by("-updated_at")[:RECENT]),
        rooms=list(Room.objects.unread_by(user).order_by("-active_at")[:RECENT]),
    )


def _tasks(user: User) -> Iterator[Task]:
    """Everything that waits for ``user``, in no order."""
    yield from _solving(user)
    yield from _seeking(user)
    yield from _licensing(user)
    if is_platform_master(user):
        yield from _curating(user)


def _solving(user: User) -> Iterator[Task]:
    for submission in submissions.my_open_work(user)[:MOST]:
        challenge = submission.challenge
        yield _task(_("Finish and file"), submission, due=challenge.closes_at, beside=str(challenge))
    for award in awards.awards_to_answer(user)[:MOST]:
        yield _task(_("Accept or decline the award"), award, beside=str(award.submission))
    for assignment in reviews.reviews_to_write(user)[:MOST]:
        due = assignment.submission.challenge.decision_due_at
        yield _task(_("Review"), assignment, due=due, beside=str(assignment.submission.challenge))


def _seeking(user: User) -> Iterator[Task]:
    for challenge in posted.own_challenges(user).filter(state=ChallengeState.CHANGES_REQUESTED)[:MOST]:
        yield _task(_("Change and send again"), challenge)
    for submission in submissions.submissions_to_decide(user)[:MOST]:
        challenge = submission.challenge
        yield _task(_("Decide"), submission, due=challenge.decision_due_at, beside=str(challenge))
    for review in incubation.gates_to_decide(user)[:MOST]:
        yield _task(_("Decide at the gate"), review)


def _licensing(user: User) -> Iterator[Task]:
    for request in patents.requests_to_answer(user)[:MOST]:
        yield _task(_("Answer the licence request"), request)


def _curating(user: User) -> Iterator[Task]:
    """What waits for this platform master's word; nobody approves what is their own."""
    for challenge in posted.awaiting_approval()[:MOST]:
        if can_approve_challenge(user, challenge):
            yield _task(_("Approve or send back"), challenge, beside=str(challenge.organisation))
    for organisation in organisations_waiting()[:MOST]:
        yield _task(_("Verify the organisation"), organisation)
    for case in discussions.waiting_cases()[:MOST]:
        url = reverse("discussions:case-review", args=[case.public_id])
        yield Task(_("Decide about a message"), str(case.message.author), url, beside=case.message.room.title)


def _task(what: str | Promise, obj: Any, *, due: datetime | None = None, beside: str = "") -> Task:
    return Task(what, str(obj), obj.get_absolute_url(), due, beside)


def master_desk(user: User) -> MasterDesk:
    """The desk of a platform master."""
    waiting = OutboxEntry.objects.filter(dead=False)
    return MasterDesk(
        organisations=list(organisations_waiting()[:MOST]),
        challenges=list(posted.awaiting_approval()[:MOST]),
        cases=discussions.waiting_cases().count(),
        challenges_by_state=_challenges_by_state(),
        people=User.objects.present().count(),
        waiting=waiting.count(),
        oldest=waiting.order_by("id").values_list("created_at", flat=True).first(),
        dead=list(OutboxEntry.objects.filter(dead=True).order_by("-id")[:MOST]),
        events=list(audit_events()[:RECENT]),
    )


def _challenges_by_state() -> list[tuple[str, str | Promise, int]]:
    numbers = dict(Challenge.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, state.label, numbers[state]) for state in ChallengeState if state in numbers]


def audit_events(*, kind: str = "", object_id: str = "") -> QuerySet[AuditEvent]:
    """The audit, newest first, of one kind or one object where these are named."""
    rows = AuditEvent.objects.select_related("actor").order_by("-at", "-id")
    if kind:
        rows = rows.filter(kind=kind)
    if object_id:
        rows = rows.filter(object_id=object_id)
    return rows
