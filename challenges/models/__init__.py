"""The rows of this app; what must always hold of them is a constraint of the database."""

from .award import Award
from .challenge import Challenge, ChallengeAttachment, Requirement, Reward
from .phase import ChallengePhase, Criterion, Rubric
from .registration import ChallengeInvitation, Registration, Team, TeamMembership
from .review import ConflictDeclaration, Review, ReviewAssignment, Score
from .submission import (
    DisclosureReceipt,
    Submission,
    SubmissionAccess,
    SubmissionFile,
    SubmissionVersion,
)
from .terms import Consent, TermsVersion

__all__ = [
    "Award",
    "Challenge",
    "ChallengeAttachment",
    "ChallengeInvitation",
    "ChallengePhase",
    "ConflictDeclaration",
    "Consent",
    "Criterion",
    "DisclosureReceipt",
    "Registration",
    "Requirement",
    "Review",
    "ReviewAssignment",
    "Reward",
    "Rubric",
    "Score",
    "Submission",
    "SubmissionAccess",
    "SubmissionFile",
    "SubmissionVersion",
    "Team",
    "TeamMembership",
    "TermsVersion",
]
