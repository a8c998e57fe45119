"""Each rule about seeing, and its queryset twin, say the same of everybody and everything."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from challenges import rules
from challenges.audiences import (
    PUBLIC,
    REGISTERED,
    REVIEWERS,
)
from challenges.enums import AssignmentState, BlindLevel, ChallengeState, RegistrationState, SubmissionState
from challenges.models import (
    Award,
    Challenge,
    ChallengeAttachment,
    ConflictDeclaration,
    Consent,
    Registration,
    Review,
    ReviewAssignment,
    Submission,
    SubmissionFile,
    SubmissionVersion,
    TermsVersion,
)
from portal.discussions.audiences import find
from portal.kernel.workflow import CLOCK
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.challenges import (
    AssignmentFactory,
    AwardFactory,
    ChallengeFactory,
    RegistrationFactory,
    SubmissionFactory,
    VersionFactory,
    take_part,
)

pytestmark = pytest.mark.django_db

TWINS: dict[str, tuple[type[Model], Any, Any]] = {
    "challenge": (Challenge, rules.can_view_challenge, lambda user: Challenge.objects.visible_to(user)),
    "seeker": (Challenge, rules.is_seeker, lambda user: Challenge.objects.sought_by(user)),
    "confidential": (Challenge, rules.can_read_confidential, lambda user: Challenge.objects.confidential_for(user)),
    "attachment": (
        ChallengeAttachment,
        rules.can_read_attachment,
        lambda user: ChallengeAttachment.objects.visible_to(user),
    ),
    "terms": (TermsVersion, rules.can_view_terms, lambda user: TermsVersion.objects.visible_to(user)),
    "registration": (
        Registration,
        rules.can_view_registration,
        lambda user: Registration.objects.visible_to(user),
    ),
    "submission": (Submission, rules.can_view_submission, lambda user: Submission.objects.visible_to(user)),
    "team": (Submission, rules.is_team_member, lambda user: Submission.objects.of_team_member(user)),
    "solver": (Submission, rules.can_see_solver, lambda user: Submission.objects.naming_solver_to(user)),
    "talk": (Submission, rules.can_talk_with_team, lambda user: Submission.objects.talking_with(user)),
    "version": (SubmissionVersion, rules.can_read_version, lambda user: SubmissionVersion.objects.readable_by(user)),
    "file": (
        SubmissionFile,
        rules.can_read_submission_file,
        lambda user: SubmissionFile.objects.readable_by(user),
    ),
    "assignment": (
        ReviewAssignment,
        rules.can_view_assignment,
        lambda user: ReviewAssignment.objects.visible_to(user),
    ),
    "review": (Review, rules.can_view_review, lambda user: Review.objects.visible_to(user)),
    "award": (Award, rules.can_view_award, lambda user: Award.objects.visible_to(user)),
}


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    """A world with every sort of challenge and submission in it, and everybody who looks at it."""
    organisation = OrganisationFactory()
    owner = owner_of(organisation)
    everybody = {
        "owner": owner,
        "colleague": member_of(organisation),
        "master": UserFactory(is_platform_master=True),
        "solver": UserFactory(),
        "reviewer": UserFactory(),
        "torn": UserFactory(),
        "revoked": UserFactory(),
        "rival": owner_of(OrganisationFactory()),
        "left": UserFactory(is_active=False),
        "anonymous": AnonymousUser(),
        "clock": CLOCK,
    }
    for state in ChallengeState:
        _fill(ChallengeFactory(organisation=organisation, posted_by=owner, state=state), everybody)
    _fill(ChallengeFactory(organisation=organisation, rows__blind_level=BlindLevel.DOUBLE), everybody)
    owned_by_master = ChallengeFactory(organisation=OrganisationFactory(), state=ChallengeState.DRAFT)
    Challenge.objects.filter(pk=owned_by_master.pk).update(posted_by=everybody["master"])
    return everybody


def _fill(challenge: Challenge, people: dict[str, Any]) -> None:
    """One submission in each state of a challenge, reviewers with and without a tie, files, an award."""
    for number, is_confidential in enumerate((False, True)):
        ChallengeAttachment.objects.create(
            challenge=challenge,
            is_confidential=is_confidential,
            file=f"x/{challenge.pk}-{number}",
            name="a.pdf",
            size=1,
            content_type="application/pdf",
            sha256="0" * 64,
        )
    RegistrationFactory(challenge=challenge, user=people["revoked"], state=RegistrationState.REVOKED)
    _consent(people["revoked"], challenge)
    _consent(people["rival"], challenge)
    mine = SubmissionFactory(challenge=challenge, lead=people["solver"], state=_state_in(challenge))
    for state in (SubmissionState.DRAFT, SubmissionState.WITHDRAWN, SubmissionState.AWARDED):
        _judge(SubmissionFactory(challenge=challenge, state=state), people)
    _judge(mine, people)
    VersionFactory(submission=mine, filed_at=None) if mine.state != SubmissionState.DRAFT else None
    _attach(mine)
    awarded = challenge.submissions.get(state=SubmissionState.AWARDED)
    AwardFactory(submission=awarded, awarded_by=people["owner"])
    if challenge.state == ChallengeState.DECIDED:
        Award.objects.filter(submission=awarded).update(announced_at=challenge.closes_at)
        Submission.objects.filter(pk=mine.pk).update(informed_at=challenge.closes_at)


def _state_in(challenge: Challenge) -> str:
    return SubmissionState.SUBMITTED if challenge.is_public else SubmissionState.DRAFT


def _judge(submission: Submission, people: dict[str, Any]) -> None:
    for name, state in (("reviewer", AssignmentState.ACCEPTED), ("torn", AssignmentState.CONFLICT)):
        assignment = AssignmentFactory(
            submission=submission, reviewer=people[name], invited_by=people["owner"], state=state
        )
        Review.objects.create(
            assignment=assignment,
            recommendation="select",
            submitted_at=submission.filed_at if submission.state == SubmissionState.AWARDED else None,
        )
    if submission.state == SubmissionState.AWARDED:
        ConflictDeclaration.objects.create(submission=submission, user=people["master"], reason="Cousins")


def _attach(submission: Submission) -> None:
    for version in (None, submission.versions.first()):
        SubmissionFile.objects.create(
            submission=submission,
            version=version,
            file=f"y/{submission.pk}-{version}",
            name="b.pdf",
            size=1,
            content_type="application/pdf",
            sha256="0" * 64,
        )


def _consent(user: Any, challenge: Challenge) -> None:
    terms = challenge.terms_versions.get()
    if terms.is_frozen:
        Consent.objects.create(user=user, terms_version=terms, sha256=terms.sha256)


def test_rules_and_querysets_agree(people: dict[str, Any]) -> None:
    by_rule, by_rows = {}, {}
    for name, (model, rule, twin) in TWINS.items():
        everything = list(model._default_manager.all())
        for role, user in people.items():
            by_rule[name, role] = {obj.pk for obj in everything if rule(user, obj)}
            by_rows[name, role] = _keys(twin(user))
    assert by_rule == by_rows
    assert all(len({frozenset(by_rule[name, role]) for role in people}) > 1 for name in TWINS)


def _keys(rows: QuerySet[Any]) -> set[int]:
    keys = list(rows.values_list("pk", flat=True))
    assert len(keys) == len(set(keys))
    return set(keys)


def test_audiences_and_their_twins_agree(people: dict[str, Any]) -> None:
    for audience in (find(name) for name in (PUBLIC, REGISTERED, REVIEWERS)):
        assert audience is not None
        assert audience.readable_ids is not None
        for user in people.values():
            by_rule = {challenge.pk for challenge in Challenge.objects.all() if audience.can_read(user, challenge)}
            assert set(audience.readable_ids(user)) == by_rule


def test_solver_is_never_among_the_reviewers(owner: Any, organisation: Any) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.EVALUATING)
    submission = SubmissionFactory(challenge=challenge)
    both = UserFactory()
    take_part(both, challenge)
    AssignmentFactory(submission=submission, reviewer=both)
    audience = find(REVIEWERS)
    assert audience is not None
    assert not audience.can_read(both, challenge)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("anonymous", False),
        ("creator", True),
        ("owner", False),
        ("colleague", False),
        ("master", False),
        ("rival", True),
    ],
)
def test_who_may_enter(who: str, expected: bool, organisation: Any, request: pytest.FixtureRequest) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    assert bool(rules.can_enter_challenge(request.getfixturevalue(who), challenge)) is expected


def test_unverified_address_may_not_enter(organisation: Any) -> None:
    assert not rules.can_enter_challenge(UserFactory(verified=False), ChallengeFactory(organisation=organisation))


def test_sealed_body_is_the_teams_alone(owner: Any, master: Any, organisation: Any) -> None:
    challenge = ChallengeFactory(organisation=organisation)
    submission = SubmissionFactory(challenge=challenge)
    version = submission.versions.get()
    reviewer = AssignmentFactory(submission=submission).reviewer
    readers = [
        user for user in (owner, master, reviewer, submission.team.lead) if rules.can_read_version(user, version)
    ]
    assert readers == [submission.team.lead]
