"""What is read of moderation: who has blocked whom, what waits in the queue, an author's record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, QuerySet

from ..enums import STANDING_AGAINST, CaseState, Outcome
from ..models import Blocking, Message, ModerationCase, Muting, Room, WatchedPhrase
from ..phrases import folded, is_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from portal.accounts.models import User
    from portal.accounts.querysets import Viewer

AROUND: Final = 3


@dataclass(frozen=True)
class Record:
    """What was decided about a person's messages before, and what keeps them from writing now."""

    messages: int
    by_outcome: Sequence[tuple[str, int]]
    kept: int
    mutings: Sequence[Muting]


def blocked_by(user: Viewer) -> Mapping[int, str]:
    """Those whom ``user`` does not want to hear from: their ids, and the ids that pages know them by."""
    return dict(Blocking.objects.of(user).values_list("blocked_id", "blocked__public_id"))


def blockings_of(user: User) -> QuerySet[Blocking]:
    """Whom ``user`` has blocked, the latest first."""
    return Blocking.objects.of(user).select_related("blocked").order_by("-created_at", "-pk")


def has_blocked(person: Any, other: Any) -> bool:
    """Whether ``person`` has blocked ``other``: then nothing that ``other`` says reaches them by itself."""
    return Blocking.objects.filter(blocker=person.pk, blocked=other.pk).exists()


def blockers_of(author: Any, among: Iterable[int]) -> frozenset[int]:
    """The ids of those ``among`` these who have blocked ``author``; one query."""
    rows = Blocking.objects.filter(blocker__in=list(among), blocked=author.pk)
    return frozenset(rows.values_list("blocker_id", flat=True))


def muting_of(user: Viewer, room: Room) -> Muting | None:
    """What keeps ``user`` from writing in ``room`` the longest, if anything does."""
    return Muting.objects.of(user.pk, room.pk).first() if user.is_authenticated else None


def mutings_in(room: Room) -> QuerySet[Muting]:
    """Who may not write in ``room`` at present."""
    return Muting.objects.in_force().filter(room=room).select_related("person").order_by("until", "pk")


def waiting_cases() -> QuerySet[ModerationCase]:
    """What waits for a platform master, the oldest first."""
    cases = ModerationCase.objects.waiting().select_related("message__author", "message__room")
    return cases.annotate(said_against=Count("reports"))


def around(message: Message) -> list[Message]:
    """The messages just before and after ``message``, itself among them."""
    near = range(message.seq - AROUND, message.seq + AROUND + 1)
    return list(Message.objects.filter(room=message.room_id, seq__in=near).select_related("author").order_by("seq"))


def record_of(author: User) -> Record:
    """The record of ``author``."""
    cases = ModerationCase.objects.filter(message__author=author)
    against = cases.filter(state__in=STANDING_AGAINST).order_by().values_list("outcome").annotate(Count("pk"))
    return Record(
        messages=Message.objects.filter(author=author).count(),
        by_outcome=sorted((str(Outcome(outcome).label), number) for outcome, number in against),
        kept=cases.filter(state__in=(CaseState.DECLINED, CaseState.OVERTURNED)).count(),
        mutings=list(Muting.objects.in_force().filter(person=author).select_related("room").order_by("until")),
    )


def phrases_in(message: Message) -> list[WatchedPhrase]:
    """What of the word list stands in ``message``."""
    text = folded(message.text)
    return [watched for watched in WatchedPhrase.objects.all() if is_in(watched.folded, text)]
