"""A crowd: people of random roles around things of random visibility, the same ones for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from django.contrib.auth.models import AnonymousUser

from challenges.enums import AssignmentState, BlindLevel, ChallengeState, RegistrationState, SubmissionState
from challenges.models import ConflictDeclaration, TeamMembership
from patents.enums import OfferState
from patents.models import LicenceRequest
from portal.accounts.enums import MembershipRole, OrganisationState
from portal.accounts.models import Membership
from portal.discussions.models import Room
from portal.incubation.enums import VentureRole
from portal.incubation.models import VentureMember
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, RegistrationFactory, SubmissionFactory
from tests.factories.discussions import MessageFactory
from tests.factories.incubation import VentureFactory
from tests.factories.patents import LicenceOfferFactory, PatentFactory

WORDS = ("pump", "bearing", "membrane", "filter", "valve", "насос", "подшипник", "水泵", "过滤器", "quiet")
SHARES = {"challenge": 10, "submission": 30, "patent": 8, "offer": 12, "request": 8, "venture": 12, "room": 20}
"""Of a hundred things, how many are of each sort; the people and organisations come on top."""

ABOUT = {
    **dict.fromkeys(("challenge", "challenge-registered", "challenge-reviewers"), "challenge"),
    "submission": "submission",
    "patent": "patent",
    "licence_request": "request",
    "venture": "venture",
    "community": "",
}
"""The audiences of rooms, and what they are about."""


class Crowd:
    """``people`` with ``things`` about them; ``people`` ends with a stranger."""

    def __init__(self, seed: int, people: int, things: int) -> None:
        self.random = Random(seed)
        self.organisations = [self._organisation() for _ in range(max(4, people // 10))]
        self.people: list[Any] = [self._person() for _ in range(people)]
        self.made: dict[str, list[Any]] = {}
        for sort, share in SHARES.items():
            make = getattr(self, f"_{sort}")
            self.made[sort] = [make() for _ in range(things * share // 100)]
        self.people.append(AnonymousUser())

    def _any(self, choices: Sequence[Any]) -> Any:
        return self.random.choice(list(choices))

    def _some(self, choices: Sequence[Any], most: int) -> list[Any]:
        return self.random.sample(list(choices), self.random.randint(0, min(most, len(choices))))

    def _title(self) -> str:
        return " ".join(self.random.choices(WORDS, k=3)).capitalize()

    def _organisation(self) -> Any:
        return OrganisationFactory(name=f"{self._title()} company", state=self._any(OrganisationState.values))

    def _person(self) -> Any:
        person = UserFactory(
            display_name=self._title(),
            profile__is_public=self.random.random() < 0.5,
            is_platform_master=self.random.random() < 0.02,
            is_active=self.random.random() < 0.97,
        )
        for organisation in self._some(self.organisations, 2):
            Membership.objects.create(user=person, organisation=organisation, role=self._any(MembershipRole.values))
        return person

    def _challenge(self) -> Any:
        challenge = ChallengeFactory(
            title=self._title(),
            organisation=self._any(self.organisations),
            posted_by=self._any(self.people),
            state=self._any(ChallengeState.values),
            rows__blind_level=self._any(BlindLevel.values),
        )
        for person in self._some(self.people, 3):
            RegistrationFactory(challenge=challenge, user=person, state=self._any(RegistrationState.values))
        return challenge

    def _submission(self) -> Any:
        challenge, lead = self._any(self.made["challenge"]), self._any(self.people)
        if challenge.teams.filter(memberships__user=lead).exists():
            lead = UserFactory(profile__is_public=False)
        submission = SubmissionFactory(
            title=self._title(), challenge=challenge, lead=lead, state=self._any(SubmissionState.values)
        )
        present = set(challenge.teams.values_list("memberships__user", flat=True))
        for mate in self._some([person for person in self.people if person.pk not in present], 2):
            TeamMembership.objects.create(team=submission.team, user=mate)
        for reviewer in self._some(self.people, 3):
            state, asker = self._any(AssignmentState.values), self._any(self.people)
            AssignmentFactory(submission=submission, reviewer=reviewer, invited_by=asker, state=state)
        for person in self._some(self.people, 1):
            ConflictDeclaration.objects.create(submission=submission, user=person, reason="A cousin.")
        return submission

    def _patent(self) -> Any:
        return PatentFactory(title=self._title())

    def _offer(self) -> Any:
        organisation = self._any([*self.organisations, None])
        return LicenceOfferFactory(
            patent=self._any(self.made["patent"]),
            organisation=organisation,
            offered_by=self._any(self.people),
            headline=self._title(),
            state=self._any(OfferState.values),
        )

    def _request(self) -> Any:
        offer = self._any(self.made["offer"])
        asked = set(offer.requests.values_list("requester", flat=True))
        return LicenceRequest.objects.create(
            offer=offer,
            requester=self._any([person for person in self.people if person.pk not in asked]),
            organisation=self._any([*self.organisations, None]),
            purpose=self._title(),
        )

    def _venture(self) -> Any:
        venture = VentureFactory(
            title=self._title(),
            organisation=self._any(self.organisations),
            is_public=self.random.random() < 0.4,
            lead=self._any(self.people),
            gate_keeper=self._any(self.people),
        )
        taken = set(venture.members.values_list("user", flat=True))
        for mentor in self._some([person for person in self.people if person.pk not in taken], 2):
            VentureMember.objects.create(venture=venture, user=mentor, role=VentureRole.MENTOR)
        return venture

    def _room(self) -> Any:
        audience, sort = self._any([*ABOUT.items()])
        free = [
            subject for subject in self.made.get(sort, ()) if not Room.objects.about(subject).filter(audience=audience)
        ]
        if sort and not free:
            audience, sort = "community", ""
        about = {"subject": self._any(free)} if sort else {}
        room = Room.objects.create(audience=audience, title=self._title(), seq=1, **about)
        MessageFactory(room=room, author=self._any(self.people), text=self._title())
        return room
