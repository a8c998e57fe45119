"""How challenges and what answers them are found.

A submission is up to three documents, of which every viewer meets one: the team's own (all it wrote), for readers the
unsealed bodies, and for those who may not open these the abstract. None names the solvers. A conflict of interest
denies the readers' documents whatever other role admits; the team's is not touched by it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from challenges.enums import READING, TEAM_ONLY, AssignmentState, ChallengeState
from challenges.models import Challenge, Submission, SubmissionVersion
from search.documents import tokens
from search.documents.base import EVERYBODY, Audience, PortalDocument
from search.documents.fields import amount, facet, moment

WITH_DEADLINE = (ChallengeState.FORECAST, ChallengeState.OPEN)


class ChallengeDocument(PortalDocument):
    """A challenge, without its confidential part: public from the day it is published."""

    KIND = "challenge"

    state = facet()
    challenge_kind = facet()
    industry = facet()
    technology_field = facet()
    organisation = facet()
    country = facet()
    language = facet()
    trl = facet()
    currency = facet()
    reward = amount()
    deadline = moment()

    @staticmethod
    def rows() -> QuerySet[Challenge]:
        return Challenge.objects.select_related("organisation").prefetch_related("requirements", "rewards")

    @staticmethod
    def audience(obj: Challenge) -> Audience:
        if obj.is_public:
            return EVERYBODY
        return Audience(frozenset({tokens.MASTER, tokens.owners(obj.organisation_id)}))

    @staticmethod
    def prepare_summary(obj: Challenge) -> str:
        return obj.summary

    @staticmethod
    def prepare_body(obj: Challenge) -> str:
        requirements = (requirement.text for requirement in obj.requirements.all())
        return "\n".join(filter(None, (obj.problem, *requirements)))

    @staticmethod
    def prepare_context(obj: Challenge) -> str:
        rewards = (reward.title for reward in obj.rewards.all())
        return ", ".join(filter(None, (obj.organisation.name, obj.sponsor, *map(str, obj.keywords), *rewards)))

    @staticmethod
    def prepare_challenge_kind(obj: Challenge) -> str:
        return obj.kind

    @staticmethod
    def prepare_organisation(obj: Challenge) -> str:
        return obj.organisation.name

    @staticmethod
    def prepare_country(obj: Challenge) -> str:
        return str(obj.organisation.country)

    @staticmethod
    def prepare_trl(obj: Challenge) -> str:
        return str(obj.trl_sought or "")

    @staticmethod
    def prepare_currency(obj: Challenge) -> str:
        return max(purses, key=lambda currency: (purses[currency], currency)) if (purses := _purses(obj)) else ""

    @staticmethod
    def prepare_reward(obj: Challenge) -> int | None:
        """All its prizes in money together, in whole units of its currency; of several currencies the larger sum."""
        return max(_purses(obj).values(), default=None)

    @staticmethod
    def prepare_deadline(obj: Challenge) -> datetime | None:
        return obj.closes_at if obj.state in WITH_DEADLINE else None


def _purses(challenge: Challenge) -> dict[str, int]:
    """The prizes in money, added up by currency."""
    sums: Counter[str] = Counter()
    for reward in challenge.rewards.all():
        if money := reward.amount:
            sums[str(money.currency)] += int(money.amount)  # type: ignore[attr-defined]
    return dict(sums)


class SubmissionDocument(PortalDocument):
    """What the three documents of a submission share."""

    KIND = "submission"

    state = facet()
    challenge_kind = facet()
    industry = facet()

    @staticmethod
    def rows() -> QuerySet[Submission]:
        return Submission.objects.select_related("challenge").prefetch_related(
            "versions__phase", "team__memberships", "assignments", "conflicts"
        )

    @staticmethod
    def prepare_summary(obj: Submission) -> str:
        return obj.abstract

    @staticmethod
    def prepare_challenge_kind(obj: Submission) -> str:
        return obj.challenge.kind

    @staticmethod
    def prepare_industry(obj: Submission) -> str:
        return obj.challenge.industry


class TeamsSubmissionDocument(SubmissionDocument):
    """All that a team wrote, drafts too, for the team alone."""

    PART = "team"

    @staticmethod
    def audience(obj: Submission) -> Audience:
        return Audience(frozenset(_team(obj)))

    @staticmethod
    def prepare_body(obj: Submission) -> str:
        written = (version for version in obj.versions.all() if version.replaced_at is None)
        return _texts(written)


class UnsealedSubmissionDocument(SubmissionDocument):
    """Title, abstract and the bodies whose phase is unsealed, for who reads from outside the team."""

    PART = "body"

    @staticmethod
    def eligible(obj: Submission) -> bool:
        return obj.state not in TEAM_ONLY and bool(_unsealed(obj))

    @staticmethod
    def audience(obj: Submission) -> Audience:
        return Audience(frozenset(_readers(obj)), frozenset(_team(obj) | _conflicted(obj)))

    @staticmethod
    def prepare_body(obj: Submission) -> str:
        return _texts(_unsealed(obj))


class AbstractSubmissionDocument(SubmissionDocument):
    """Title and abstract, for who is asked to review, and for all outside readers while the bodies are sealed."""

    PART = "abstract"

    @staticmethod
    def eligible(obj: Submission) -> bool:
        return obj.state not in TEAM_ONLY

    @staticmethod
    def audience(obj: Submission) -> Audience:
        richer = _readers(obj) if UnsealedSubmissionDocument.eligible(obj) else set()
        invited = tokens.people(_reviewers(obj, (AssignmentState.INVITED,)))
        return Audience(frozenset(_readers(obj) | invited), frozenset(richer | _team(obj) | _conflicted(obj)))


def _unsealed(submission: Submission) -> list[SubmissionVersion]:
    """The versions that stand and whose phase lets others read them."""
    versions = submission.versions.all()
    return [v for v in versions if v.is_filed and v.replaced_at is None and v.phase.is_unsealed]


def _texts(versions: Iterable[SubmissionVersion]) -> str:
    parts = (part for version in versions for part in (version.title, version.abstract, version.body))
    return "\n\n".join(dict.fromkeys(filter(None, parts)))


def _team(submission: Submission) -> set[str]:
    return tokens.people(membership.user_id for membership in submission.team.memberships.all())


def _readers(submission: Submission) -> set[str]:
    seekers = {tokens.MASTER, tokens.owners(submission.challenge.organisation_id)}
    return seekers | tokens.people(_reviewers(submission, READING))


def _reviewers(submission: Submission, states: Iterable[str]) -> set[int]:
    return {a.reviewer_id for a in submission.assignments.all() if a.state in states}


def _conflicted(submission: Submission) -> set[str]:
    declared = {declaration.user_id for declaration in submission.conflicts.all()}
    return tokens.people(declared | _reviewers(submission, (AssignmentState.CONFLICT,)))
