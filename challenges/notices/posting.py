"""What seekers, platform masters and solvers learn of a challenge's life."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Challenge, TermsVersion


@dataclass(frozen=True)
class _ChallengeNews:
    """A piece of news about one challenge."""

    category: ClassVar[str] = "challenges"
    kind: ClassVar[str] = "challenge"

    key: str
    title: str

    def url(self) -> str:
        return reverse("challenges:challenge-detail", args=[self.key])


@dataclass(frozen=True)
class ChallengeWaits(_ChallengeNews):
    """A challenge waits for the platform master."""

    organisation: str

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeWaits:
        return cls(challenge.slug, challenge.title, challenge.organisation.name)

    def subject(self) -> str:
        return _("To be approved: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("%(organisation)s has sent in a challenge.") % {"organisation": self.organisation}


@dataclass(frozen=True)
class ChangesRequested(_ChallengeNews):
    """The platform master asks for changes."""

    note: str

    @classmethod
    def of(cls, challenge: Challenge) -> ChangesRequested:
        return cls(challenge.slug, challenge.title, challenge.review_note)

    def subject(self) -> str:
        return _("Changes asked for: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.note


@dataclass(frozen=True)
class ChallengeApproved(_ChallengeNews):
    """The challenge may go public."""

    opens_by_clock: bool

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeApproved:
        return cls(challenge.slug, challenge.title, challenge.opens_at is not None)

    def subject(self) -> str:
        return _("Approved: %(title)s") % {"title": self.title}

    def body(self) -> str:
        if self.opens_by_clock:
            return _("It opens by itself at the time you set; you can announce or open it before.")
        return _("You can announce it now, and open it when you like.")


@dataclass(frozen=True)
class ChallengeOpened(_ChallengeNews):
    """The challenge takes answers."""

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeOpened:
        return cls(challenge.slug, challenge.title)

    def subject(self) -> str:
        return _("Open: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("Your challenge is open. Its terms are frozen from now on.")


@dataclass(frozen=True)
class ChallengeClosed(_ChallengeNews):
    """The deadline has passed."""

    filed: int

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeClosed:
        return cls(challenge.slug, challenge.title, challenge.submissions.filed().count())

    def subject(self) -> str:
        return _("Closed: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("Submissions that were filed: %(number)d. They can be opened and reviewed now.") % {
            "number": self.filed
        }


@dataclass(frozen=True)
class ChallengeCancelled(_ChallengeNews):
    """The challenge ended without a decision."""

    reason: str

    @classmethod
    def of(cls, challenge: Challenge) -> ChallengeCancelled:
        return cls(challenge.slug, challenge.title, challenge.cancel_reason)

    def subject(self) -> str:
        return _("Cancelled: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.reason


@dataclass(frozen=True)
class TermsRevised(_ChallengeNews):
    """There are new terms to accept."""

    version: int

    @classmethod
    def of(cls, terms: TermsVersion) -> TermsRevised:
        return cls(terms.challenge.slug, terms.challenge.title, terms.version)

    def subject(self) -> str:
        return _("New terms: %(title)s") % {"title": self.title}

    def body(self) -> str:
        return _("Version %(version)d stands from now on. You are held to it only when you accept it.") % {
            "version": self.version
        }

    def url(self) -> str:
        return reverse("challenges:terms-detail", args=[self.key, self.version])
