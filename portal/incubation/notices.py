"""What people learn of ventures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .enums import GateOutcome
from .models import GateReview, Venture


@dataclass(frozen=True)
class VentureOpened:
    """A venture grew out of an award."""

    category: ClassVar[str] = "incubation"
    kind: ClassVar[str] = "venture"

    key: str
    title: str
    path: str

    @classmethod
    def of(cls, venture: Venture) -> VentureOpened:
        return cls(venture.public_id, venture.title, venture.get_absolute_url())

    def subject(self) -> str:
        return _("A venture has begun: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("You have a part in it. Its first gate is the end of discovery.")

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class GateReviewCalled:
    """Gate-keepers are asked to a gate."""

    category: ClassVar[str] = "incubation"
    kind: ClassVar[str] = "gate_review"

    key: str
    title: str
    path: str

    @classmethod
    def of(cls, review: GateReview) -> GateReviewCalled:
        return cls(review.public_id, review.venture.title, review.get_absolute_url())

    def subject(self) -> str:
        return _("Your word is asked at a gate: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("Look at the evidence, judge the criteria and decide.")

    def url(self) -> str:
        return self.path


@dataclass(frozen=True)
class GateDecided:
    """The gate-keepers have spoken."""

    category: ClassVar[str] = "incubation"
    kind: ClassVar[str] = "gate_review"

    key: str
    title: str
    outcome: str | Promise
    path: str

    @classmethod
    def of(cls, review: GateReview) -> GateDecided:
        return cls(review.public_id, review.venture.title, GateOutcome(review.state).label, review.get_absolute_url())

    def subject(self) -> str:
        return _("%(outcome)s at the gate: %(title)s") % {"outcome": self.outcome, "title": self.title}

    def body(self) -> str:
        return _("The gate-keepers have decided. Their reasons are on the review.")

    def url(self) -> str:
        return self.path
