"""What solvers, seekers and reviewers learn of registrations, submissions, reviews and awards.

No notice carries a text of a submission: a mail is read in places where no rule reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..models import Award, ChallengeInvitation, Registration, ReviewAssignment, Submission, SubmissionVersion


@dataclass(frozen=True)
class _AboutChallenge:
    """Shared shape: a piece of news about one challenge."""

    category: ClassVar[str] = "challenges"
    kind: ClassVar[str] = "challenge"

    key: str
    challenge: str

    def url(self) -> str:
        return reverse("challenges:challenge-detail", args=[self.key])


@dataclass(frozen=True)
class SolverInvited(_AboutChallenge):
    """The seeker thinks that a challenge is for one, or for one's organisation."""

    category: ClassVar[str] = "invitations"

    seeker: str

    @classmethod
    def of(cls, invitation: ChallengeInvitation) -> SolverInvited:
        challenge = invitation.challenge
        return cls(challenge.slug, challenge.title, challenge.organisation.name)

    def subject(self) -> str:
        return _("%(seeker)s invites you: %(challenge)s") % {"seeker": self.seeker, "challenge": self.challenge}

    def body(self) -> str:
        return _("They think that it fits what you do. Read it, and take part if you like.")


@dataclass(frozen=True)
class RegistrationRequested(_AboutChallenge):
    """Somebody asks to take part."""

    @classmethod
    def of(cls, registration: Registration) -> RegistrationRequested:
        return cls(registration.challenge.slug, registration.challenge.title)

    def subject(self) -> str:
        return _("Somebody asks to take part: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("A registration waits for your answer.")

    def url(self) -> str:
        return reverse("challenges:registration-list", args=[self.key])


@dataclass(frozen=True)
class RegistrationApproved(_AboutChallenge):
    """One may take part."""

    @classmethod
    def of(cls, registration: Registration) -> RegistrationApproved:
        return cls(registration.challenge.slug, registration.challenge.title)

    def subject(self) -> str:
        return _("You take part: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("Your registration is approved. You can begin your submission.")


@dataclass(frozen=True)
class RegistrationEnded(_AboutChallenge):
    """One may not take part, or no longer."""

    state: str | Promise

    @classmethod
    def of(cls, registration: Registration) -> RegistrationEnded:
        challenge = registration.challenge
        return cls(challenge.slug, challenge.title, registration.get_state_display())

    def subject(self) -> str:
        return _("Your registration: %(state)s – %(challenge)s") % {"state": self.state, "challenge": self.challenge}

    def body(self) -> str:
        return _("The seeker has answered your registration.")


@dataclass(frozen=True)
class SubmissionWithdrawn(_AboutChallenge):
    """A team took its submission back; which one is no longer the seeker's business."""

    @classmethod
    def of(cls, submission: Submission) -> SubmissionWithdrawn:
        return cls(submission.challenge.slug, submission.challenge.title)

    def subject(self) -> str:
        return _("A submission was withdrawn: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("Its team has taken it back. You can no longer open it.")


@dataclass(frozen=True)
class _AboutSubmission:
    """Shared shape: a piece of news about one submission, by the title of its challenge."""

    category: ClassVar[str] = "submissions"
    kind: ClassVar[str] = "submission"

    key: str
    challenge: str

    def url(self) -> str:
        return reverse("challenges:submission-detail", args=[self.key])


@dataclass(frozen=True)
class SubmissionFiled(_AboutSubmission):
    """The team's version is in, and receipted."""

    number: int
    sha256: str

    @classmethod
    def of(cls, version: SubmissionVersion) -> SubmissionFiled:
        submission = version.submission
        return cls(submission.public_id, submission.challenge.title, version.number, version.sha256)

    def subject(self) -> str:
        return _("Filed: version %(number)d for %(challenge)s") % {"number": self.number, "challenge": self.challenge}

    def body(self) -> str:
        return _("The receipt has the number %(sha256)s. Download it and keep it.") % {"sha256": self.sha256}


@dataclass(frozen=True)
class SubmissionArrived(_AboutSubmission):
    """A submission came in; its body stays sealed."""

    @classmethod
    def of(cls, submission: Submission) -> SubmissionArrived:
        return cls(submission.public_id, submission.challenge.title)

    def subject(self) -> str:
        return _("A submission came in: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("You can read its abstract. The body stays sealed until the phase closes.")


@dataclass(frozen=True)
class SubmissionMoved(_AboutSubmission):
    """The seeker took a step that the team should know of."""

    state: str | Promise

    @classmethod
    def of(cls, submission: Submission) -> SubmissionMoved:
        return cls(submission.public_id, submission.challenge.title, submission.get_state_display())

    def subject(self) -> str:
        return _("Your submission: %(state)s – %(challenge)s") % {"state": self.state, "challenge": self.challenge}

    def body(self) -> str:
        return _("The seeker has moved your submission on. What was said is on its page.")


@dataclass(frozen=True)
class DecisionReached(_AboutSubmission):
    """The decision on the team's submission is out."""

    state: str | Promise

    @classmethod
    def of(cls, submission: Submission) -> DecisionReached:
        return cls(submission.public_id, submission.challenge.title, submission.get_state_display())

    def subject(self) -> str:
        return _("Decision: %(state)s – %(challenge)s") % {"state": self.state, "challenge": self.challenge}

    def body(self) -> str:
        return _("The decision on your submission is out. Any feedback is on its page.")


@dataclass(frozen=True)
class ReviewInvitation(_AboutSubmission):
    """One is asked to review."""

    category: ClassVar[str] = "reviews"

    assignment: str = ""

    @classmethod
    def of(cls, assignment: ReviewAssignment) -> ReviewInvitation:
        submission = assignment.submission
        return cls(submission.public_id, submission.challenge.title, assignment.public_id)

    def subject(self) -> str:
        return _("You are asked to review a submission: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("Say whether you accept, or declare a conflict of interest.")

    def url(self) -> str:
        return reverse("challenges:review-detail", args=[self.assignment])


@dataclass(frozen=True)
class ReviewSubmitted(_AboutSubmission):
    """A reviewer finished."""

    category: ClassVar[str] = "reviews"

    @classmethod
    def of(cls, assignment: ReviewAssignment) -> ReviewSubmitted:
        return cls(assignment.submission.public_id, assignment.submission.challenge.title)

    def subject(self) -> str:
        return _("A review is in: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("Its scores are on the submission's page.")


@dataclass(frozen=True)
class AwardOffered:
    """The team's submission won."""

    category: ClassVar[str] = "awards"
    kind: ClassVar[str] = "award"

    key: str
    challenge: str

    @classmethod
    def of(cls, award: Award) -> AwardOffered:
        return cls(award.public_id, award.challenge.title)

    def subject(self) -> str:
        return _("You are offered an award: %(challenge)s") % {"challenge": self.challenge}

    def body(self) -> str:
        return _("Congratulations. Look at the award and its terms, and accept or decline.")

    def url(self) -> str:
        return reverse("challenges:award-detail", args=[self.key])


@dataclass(frozen=True)
class AwardAnswered(AwardOffered):
    """The team accepted or declined."""

    state: str | Promise = ""

    @classmethod
    def of(cls, award: Award) -> AwardAnswered:
        return cls(award.public_id, award.challenge.title, award.get_state_display())

    def subject(self) -> str:
        return _("Award: %(state)s – %(challenge)s") % {"state": self.state, "challenge": self.challenge}

    def body(self) -> str:
        return _("The team has answered your offer.")
