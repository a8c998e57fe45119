"""A small world with an object of every kind in every state that matters, and people on every side of them."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from challenges.enums import AssignmentState, ChallengeState, SubmissionState
from challenges.models import Challenge, ConflictDeclaration, Submission, TeamMembership
from patents.enums import LicenceModel, OfferState
from patents.models import LicenceOffer, LicenceRequest, Patent
from portal.accounts.enums import OrganisationState
from portal.accounts.models import User
from portal.discussions.models import Room
from portal.incubation.enums import VentureRole
from portal.incubation.models import Venture, VentureMember
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, SubmissionFactory
from tests.factories.discussions import MessageFactory

ROOMS: dict[str, type[Model]] = {
    "challenge": Challenge,
    "challenge-registered": Challenge,
    "challenge-reviewers": Challenge,
    "submission": Submission,
    "patent": Patent,
    "licence_request": LicenceRequest,
    "venture": Venture,
}
"""The audiences of rooms about something, with the model of what they are about."""


@dataclass
class World:
    """Who is in it, by their part; ``nobody`` is a stranger."""

    people: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        return self.people[name]


def build() -> World:
    """Make the world. The audience of each document in it is decided by the rows alone."""
    world = World({"nobody": AnonymousUser()})
    acme, rival = OrganisationFactory(name="Acme"), OrganisationFactory(name="Rival")
    hidden = OrganisationFactory(name="Hidden", state=OrganisationState.PENDING)
    world.people |= {
        "master": UserFactory(display_name="Master", is_platform_master=True),
        "owner": owner_of(acme, display_name="Owner"),
        "colleague": member_of(acme, display_name="Colleague", profile__is_public=False),
        "rival": owner_of(rival, display_name="Rival owner"),
        "founder": owner_of(hidden, display_name="Founder", profile__is_public=False),
        "solver": UserFactory(display_name="Solver"),
        "mate": UserFactory(display_name="Mate", profile__is_public=False),
        "invited": UserFactory(display_name="Invited"),
        "reviewer": UserFactory(display_name="Reviewer"),
        "conflicted": UserFactory(display_name="Conflicted"),
        "gone": UserFactory(display_name="Gone", is_active=False, is_platform_master=True),
    }
    _challenges_and_answers(world, acme)
    _patents(world, acme, rival)
    _ventures(world, acme)
    _talk(world)
    return world


def _challenges_and_answers(world: World, acme: Any) -> None:
    for state in ChallengeState:
        challenge = ChallengeFactory(organisation=acme, state=state, title=f"Challenge {state}")
        if state in (ChallengeState.OPEN, ChallengeState.EVALUATING):
            for answer_state in SubmissionState:
                _answer(world, challenge, answer_state)


def _answer(world: World, challenge: Any, state: str) -> None:
    """A submission by its own team, which the world's people read, review or may not touch."""
    lead = UserFactory(profile__is_public=False)
    submission = SubmissionFactory(challenge=challenge, state=state, lead=lead, title=f"Answer {state}")
    if state in (SubmissionState.DRAFT, SubmissionState.SUBMITTED):
        name = "solver" if state == SubmissionState.DRAFT else "mate"
        _join(submission, world[name])
    for name, assigned in (
        ("invited", AssignmentState.INVITED),
        ("reviewer", AssignmentState.ACCEPTED),
        ("conflicted", AssignmentState.CONFLICT),
        ("mate", AssignmentState.CONFLICT),
        ("rival", AssignmentState.DECLINED),
    ):
        AssignmentFactory(submission=submission, reviewer=world[name], state=assigned)
    if state == SubmissionState.ELIGIBLE:
        ConflictDeclaration.objects.create(submission=submission, user=world["owner"], reason="A cousin.")
        ConflictDeclaration.objects.create(submission=submission, user=world["reviewer"], reason="A friend.")


def _join(submission: Any, user: User) -> None:
    TeamMembership.objects.create(team=submission.team, user=user)


def _patents(world: World, acme: Any, rival: Any) -> None:
    patent = Patent.objects.create(
        number="US-10123456-B2", country="US", document_number="10123456", kind_code="B2", title="Quiet bearing"
    )
    for state in OfferState:
        for organisation in (acme, None):
            offer = LicenceOffer.objects.create(
                patent=patent,
                organisation=organisation,
                offered_by=world["owner"] if organisation else world["solver"],
                state=state,
                model=LicenceModel.SOLE,
                headline=f"Offer {state}",
                terms="Ten per cent.",
            )
            for name, asked_for in (("mate", None), ("rival", rival)):
                LicenceRequest.objects.create(
                    offer=offer, requester=world[name], organisation=asked_for, purpose=f"Wanted by {name}."
                )


def _ventures(world: World, acme: Any) -> None:
    for is_public in (True, False):
        venture = Venture.objects.create(
            title=f"Venture {is_public}", organisation=acme, is_public=is_public, summary="Quiet pumps."
        )
        VentureMember.objects.create(venture=venture, user=world["mate"], role=VentureRole.MENTOR)


def _talk(world: World) -> None:
    """A word in every room there can be."""
    MessageFactory(room=Room.objects.create(audience="community", title="Commons", seq=1), author=world["solver"])
    for audience, model in ROOMS.items():
        for subject in model._default_manager.all():
            room = Room.objects.create(audience=audience, subject=subject, title=f"Room {audience}", seq=1)
            MessageFactory(room=room, author=world["solver"], text=f"Said in {audience}.")
