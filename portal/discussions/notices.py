"""What people are told of talk, and of moderation; never who reported them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import CaseState, Outcome
from .models import Message, ModerationCase

MENTIONS = "mentions"
CATEGORY = "moderation"

_OUTCOMES = {
    Outcome.HIDE: gettext_lazy("A message of yours was hidden"),
    Outcome.REMOVE: gettext_lazy("A message of yours was removed"),
    Outcome.WARN: gettext_lazy("You are warned about a message of yours"),
    Outcome.MUTE: gettext_lazy("A message of yours was hidden, and you may not write for a time"),
}
_ANSWERS = {
    CaseState.OVERTURNED: gettext_lazy("The decision about your message was taken back"),
    CaseState.CONFIRMED: gettext_lazy("Your appeal was turned down"),
}


@dataclass(frozen=True)
class MessageJudged:
    """To its author: what was decided about a message, and why."""

    category: ClassVar[str] = CATEGORY
    kind: ClassVar[str] = "moderation_case"

    key: str
    outcome: str
    rationale: str
    path: str

    @classmethod
    def of(cls, case: ModerationCase) -> MessageJudged:
        return cls(case.public_id, case.outcome, case.rationale, case.get_absolute_url())

    def subject(self) -> str:
        return str(_OUTCOMES[Outcome(self.outcome)])

    def body(self) -> str:
        appeal = _("You may appeal once, on the decision's page.")
        return f"{self.rationale}\n\n{appeal}"

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class AppealAnswered:
    """To the author: what came of their appeal, or that the decision was taken back without one."""

    category: ClassVar[str] = CATEGORY
    kind: ClassVar[str] = "moderation_case"

    key: str
    state: str
    answer: str
    path: str

    @classmethod
    def of(cls, case: ModerationCase) -> AppealAnswered:
        return cls(case.public_id, case.state, case.answer, case.get_absolute_url())

    def subject(self) -> str:
        return str(_ANSWERS[CaseState(self.state)])

    def body(self) -> str:
        return self.answer

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class ReportAnswered:
    """To somebody who reported a message: what came of it."""

    category: ClassVar[str] = CATEGORY
    kind: ClassVar[str] = "message"

    key: str
    upheld: bool
    path: str

    @classmethod
    def of(cls, case: ModerationCase) -> ReportAnswered:
        message = case.message
        return cls(message.public_id, case.state != CaseState.DECLINED, message.get_absolute_url())

    def subject(self) -> str:
        if self.upheld:
            return _("Thank you: something was done about the message you reported")
        return _("The message you reported may stand")

    def body(self) -> str:
        return _("A moderator has looked at it. Nobody is told who reported it.")

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class CaseWaiting:
    """To the platform masters: a message, or an appeal, waits for their word."""

    category: ClassVar[str] = CATEGORY
    kind: ClassVar[str] = "moderation_case"

    key: str
    is_appeal: bool

    @classmethod
    def of(cls, case: ModerationCase) -> CaseWaiting:
        return cls(case.public_id, case.state == CaseState.APPEALED)

    def subject(self) -> str:
        return _("An appeal waits for your answer") if self.is_appeal else _("A message waits for your decision")

    def body(self) -> str:
        return ""

    def url(self) -> str:
        return reverse("discussions:case-review", args=[self.key])


@dataclass(frozen=True)
class MentionedInRoom:
    """To somebody who was called by name. The words themselves stay in the room: they may yet be changed or removed."""

    message: Message
    category: str = MENTIONS
    kind: str = "message"

    @property
    def key(self) -> str:
        return self.message.public_id

    @property
    def thread(self) -> str:
        return f"room:{self.message.room.public_id}"

    def subject(self) -> str:
        told = {"person": self.message.author, "room": self.message.room}
        return _("%(person)s mentioned you in “%(room)s”") % told

    def body(self) -> str:
        return ""

    def url(self) -> str:
        return self.message.get_absolute_url()
