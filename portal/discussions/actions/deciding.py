"""Cases are decided, appealed, and decided again; each step does to message and author what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked, require
from portal.kernel.errors import Refused

from .. import rules
from ..calling import called
from ..enums import CaseOrigin, CaseState, Outcome
from ..models import Message, ModerationCase, Muting
from ..workflow import CASE
from .calling import call
from .concealing import conceal, erase, restore, reveal
from .reporting import WHOLE, waiting_case

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class Sentence:
    """What comes of a case: ``until`` and ``everywhere`` say how long and how far a muting goes."""

    outcome: Outcome
    until: datetime | None = None
    everywhere: bool = False

    def check(self) -> None:
        """Raise ``Refused`` for a muting that does not say until when, or that is over."""
        if self.outcome == Outcome.MUTE and (self.until is None or self.until <= timezone.now()):
            raise Refused(_("Say until when, at a time to come."), code="until", field="until")


def hide_message(
    message: Message, *, actor: User, rationale: str, mute_until: datetime | None = None
) -> ModerationCase:
    """Hide ``message`` as its room's moderator, and mute its author there until a time, where one is given.

    What waited about it is decided by this. Raises ``Missing`` for others and for one's own message.
    """
    sentence = Sentence(Outcome.MUTE if mute_until else Outcome.HIDE, until=mute_until)
    sentence.check()
    with transaction.atomic():
        locked = fetch_locked(WHOLE, actor, rules.can_hide_message, pk=message.pk)
        case = waiting_case(locked, CaseOrigin.MODERATOR, actor=actor)
        return _uphold(case, locked, sentence, actor=actor, rationale=rationale)


def unhide_message(message: Message, *, actor: User) -> Message:
    """Show a hidden message again as its room's moderator; the decision that hid it is taken back."""
    with transaction.atomic():
        locked = fetch_locked(WHOLE, actor, rules.can_unhide_message, pk=message.pk)
        case = ModerationCase.objects.filter(message=locked).order_by("-pk").first()
        if case is None:
            reveal(locked, actor=actor)
        elif case.state == CaseState.OPEN:
            _keep(case, locked, actor=actor, rationale="")
        else:
            CASE.perform(case, "retract", actor=actor)
            _undo(case, locked, actor=actor)
    return locked


def keep_message(case: ModerationCase, *, actor: User, rationale: str = "") -> ModerationCase:
    """Decide that the message may stand: the reports are declined, and what hid it meanwhile shows it again."""
    require(actor, rules.is_platform_master, case)
    with transaction.atomic():
        return _keep(case, _locked(case), actor=actor, rationale=rationale)


def uphold_case(case: ModerationCase, sentence: Sentence, *, actor: User, rationale: str) -> ModerationCase:
    """Decide against the message, with what ``sentence`` says; the author reads ``rationale``."""
    require(actor, rules.is_platform_master, case)
    sentence.check()
    with transaction.atomic():
        return _uphold(case, _locked(case), sentence, actor=actor, rationale=rationale)


def appeal_case(case: ModerationCase, *, actor: User, words: str) -> ModerationCase:
    """Ask for another look at what was decided against one's message, once."""
    require(actor, rules.can_appeal_case & rules.is_told, case)
    said = words.strip()
    with transaction.atomic():
        _locked(case)
        return CASE.perform(case, "appeal", actor=actor, reason=said, appeal=said, appealed_at=timezone.now())


def answer_appeal(case: ModerationCase, *, actor: User, grant: bool, answer: str) -> ModerationCase:
    """Overturn the decision, which undoes what it did, or confirm it for good.

    Another platform master answers than who decided, where there is another: raises ``Missing``.
    """
    said = answer.strip()
    with transaction.atomic():
        message = _locked(case)
        name = "overturn" if grant else "confirm"
        answered = CASE.perform(case, name, actor=actor, reason=said, answer=said, answered_by=actor)
        if grant:
            _undo(answered, message, actor=actor)
    return answered


def lift_muting(muting: Muting, *, actor: User) -> Muting:
    """Let somebody write again before their time. Raises ``Missing`` unless ``actor`` moderates where it holds."""
    require(actor, rules.can_lift_muting, muting)
    with transaction.atomic():
        _lift(Muting.objects.filter(pk=muting.pk), actor=actor)
    muting.refresh_from_db(fields=["lifted_at"])
    return muting


def _locked(case: ModerationCase) -> Message:
    """The message of ``case``: always locked before the case itself, so that no two deeds wait for each other."""
    return WHOLE.select_for_update(of=("self",)).get(pk=case.message_id)


def _keep(case: ModerationCase, message: Message, *, actor: Any, rationale: str) -> ModerationCase:
    decided = {"decided_by": actor, "decided_at": timezone.now(), "rationale": rationale.strip()}
    kept = CASE.perform(case, "decline", actor=actor, reason=rationale, **decided)
    reveal(message, actor=actor)
    if kept.hid_at and message.is_shown and not message.mentions.exists():
        call(message, called(message.text, message.room, message.author))
    return kept


def _uphold(
    case: ModerationCase, message: Message, sentence: Sentence, *, actor: Any, rationale: str
) -> ModerationCase:
    facts = {
        "outcome": sentence.outcome,
        "rationale": rationale.strip(),
        "decided_by": actor,
        "decided_at": timezone.now(),
        "kept_text": message.text if sentence.outcome == Outcome.REMOVE else "",
    }
    decided = CASE.perform(case, "uphold", actor=actor, reason=rationale, **facts)
    _carry_out(decided, message, sentence, actor=actor)
    return decided


def _carry_out(case: ModerationCase, message: Message, sentence: Sentence, *, actor: Any) -> None:
    if sentence.outcome == Outcome.REMOVE:
        erase(message, actor=actor)
    elif sentence.outcome == Outcome.WARN:
        reveal(message, actor=actor)
    else:
        conceal(message, actor=actor)
    if sentence.outcome == Outcome.MUTE and sentence.until is not None:
        room = None if sentence.everywhere else message.room
        muting = Muting.objects.create(person=message.author, room=room, case=case, until=sentence.until)
        where, until = room.pk if room else None, muting.until.isoformat()
        audit.record("person.mute", message.author, actor=actor, case=case.pk, room=where, until=until)


def _undo(case: ModerationCase, message: Message, *, actor: Any) -> None:
    """Take back what the decision of ``case`` did."""
    restore(message, case.kept_text, actor=actor)
    reveal(message, actor=actor)
    _lift(case.mutings.all(), actor=actor)
    ModerationCase.objects.filter(pk=case.pk).update(kept_text="")


def _lift(mutings: Any, *, actor: Any) -> None:
    for muting in mutings.in_force().select_related("person"):
        muting.lifted_at = timezone.now()
        muting.save(update_fields=["lifted_at"])
        audit.record("person.unmute", muting.person, actor=actor, case=muting.case_id, room=muting.room_id)
