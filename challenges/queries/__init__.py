"""What is read: noun phrases, so that views hold no query code."""

from .challenges import (
    LAST_MADE,
    ChallengeFilter,
    awaiting_approval,
    entered_by,
    is_accepting,
    open_challenges,
    own_challenges,
    public_challenges,
)
from .management import Overview, overview_of
from .posting import posting_organisations
from .standing import Standing, standing
from .terms import TermsChange, terms_changes

__all__ = [
    "LAST_MADE",
    "ChallengeFilter",
    "Overview",
    "Standing",
    "TermsChange",
    "awaiting_approval",
    "entered_by",
    "is_accepting",
    "open_challenges",
    "overview_of",
    "own_challenges",
    "posting_organisations",
    "public_challenges",
    "standing",
    "terms_changes",
]
