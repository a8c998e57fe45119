"""Messages come into the queue: by reports, and by the word list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.kernel import audit
from portal.kernel.access import fetch_locked

from .. import rules, signals
from ..enums import WAITING, CaseOrigin, CaseState, PhraseDeed
from ..models import Message, ModerationCase, Report
from .concealing import conceal

if TYPE_CHECKING:
    from portal.accounts.models import User

WHOLE = Message.objects.select_related("room__content_type", "author")


def report_message(message: Message, *, reporter: User, reason: str, words: str = "") -> Report:
    """Say that ``message`` should not stand, once: a second report of the same person is the first.

    All reports of a message that waits are one case. Enough of them hide it until somebody has decided. Raises
    ``Missing`` for one's own message, and for one that is removed, hidden or not to be seen.
    """
    with transaction.atomic():
        locked = fetch_locked(WHOLE, reporter, rules.can_report_message, pk=message.pk)
        earlier = Report.objects.filter(message=locked, reporter=reporter).first()
        if earlier is not None:
            return earlier
        case = waiting_case(locked, CaseOrigin.REPORTS, actor=reporter)
        said = {"reason": reason, "words": words.strip(), "created_at": timezone.now()}
        counts = bool(rules.is_trusted_reporter(reporter))
        report = Report.objects.create(case=case, message=locked, reporter=reporter, counts=counts, **said)
        digest = audit.digest(report.words) if report.words else None
        audit.record("message.report", locked, actor=reporter, reason=reason, digest=digest)
        _hide_if_enough(case, locked)
    return report


def waiting_case(message: Message, origin: CaseOrigin, *, actor: Any) -> ModerationCase:
    """The case about ``message`` that waits for a decision, opened if there is none. The message is locked."""
    known = ModerationCase.objects.filter(message=message, state__in=WAITING).first()
    if known is not None:
        return known
    case = ModerationCase.objects.create(message=message, origin=origin)
    audit.record("moderation_case.open", case, actor=actor, message=message.pk, origin=str(origin))
    if origin != CaseOrigin.MODERATOR:
        signals.case_opened.send(sender=ModerationCase, obj=case, actor=actor)
    return case


def mind_phrase(message: Message, deed: PhraseDeed | None) -> None:
    """Put a message that holds a watched phrase into the queue; it was saved hidden where ``deed`` is to hold it."""
    if deed not in (PhraseDeed.HOLD, PhraseDeed.FLAG):
        return
    case = waiting_case(message, CaseOrigin.WORDS, actor=None)
    audit.record("message.watched", message, actor=None, deed=str(deed))
    if message.is_hidden and case.hid_at is None:
        _note_hidden(case)


def _hide_if_enough(case: ModerationCase, message: Message) -> None:
    """Hide what enough people report who count; once a message, and never a platform master's."""
    if case.hid_at or case.state != CaseState.OPEN or message.author.is_platform_master or _was_kept(message):
        return
    if case.reports.filter(counts=True).count() >= settings.REPORTS_THAT_HIDE:
        conceal(message, actor=None)
        _note_hidden(case)


def _was_kept(message: Message) -> bool:
    """Whether somebody has decided before that the message may stand."""
    kept = (CaseState.DECLINED, CaseState.OVERTURNED)
    return ModerationCase.objects.filter(message=message, state__in=kept).exists()


def _note_hidden(case: ModerationCase) -> None:
    case.hid_at = timezone.now()
    case.save(update_fields=["hid_at", "updated_at"])
