"""Which documents change when a row does: for each model, the keys of the objects whose documents are made of it."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from challenges.models import (
    Challenge,
    ChallengePhase,
    ConflictDeclaration,
    Requirement,
    ReviewAssignment,
    Reward,
    Submission,
    SubmissionVersion,
    TeamMembership,
)
from patents.models import LicenceOffer, LicenceRequest, Patent, PatentClassification, PatentParty
from portal.accounts.models import Membership, Organisation, Profile, User
from portal.discussions.models import Message, Room
from portal.incubation.models import Venture, VentureMember
from portal.pages.models import BasePage
from search.drain import Key

Dependants = Callable[[Any], Iterable[Key]]


def _ids(rows: Any) -> Iterable[Any]:
    return rows.values_list("pk", flat=True)


def _keys(kind: str, pks: Iterable[Any]) -> Iterator[Key]:
    return ((kind, str(pk)) for pk in pks)


def _one(kind: str, field: str = "pk") -> Dependants:
    """The object itself, or the one that ``field`` points to."""
    return lambda row: _keys(kind, [getattr(row, field)])


def _of_organisation(organisation: Organisation) -> Iterable[Key]:
    """Its name, industry and country stand in the documents of what it asks, offers and sponsors."""
    return chain(
        _keys("organisation", [organisation.pk]),
        _keys("challenge", _ids(Challenge.objects.filter(organisation=organisation))),
        _keys("venture", _ids(Venture.objects.filter(organisation=organisation))),
        _keys("licence_offer", _ids(LicenceOffer.objects.filter(organisation=organisation))),
    )


def _of_challenge(challenge: Challenge) -> Iterable[Key]:
    return chain(
        _keys("challenge", [challenge.pk]),
        _keys("submission", _ids(Submission.objects.filter(challenge=challenge))),
        _talk_about(challenge),
    )


def _of_phase(phase: ChallengePhase) -> Iterable[Key]:
    """When it is unsealed, so are the bodies filed for it."""
    return _keys("submission", _ids(Submission.objects.filter(challenge=phase.challenge_id)))


def _of_submission(submission: Submission) -> Iterable[Key]:
    return chain(_keys("submission", [submission.pk]), _talk_about(submission))


def _of_team(membership: TeamMembership) -> Iterable[Key]:
    return _keys("submission", _ids(Submission.objects.filter(team=membership.team_id)))


def _of_patent(patent: Patent) -> Iterable[Key]:
    return chain(
        _keys("patent", [patent.pk]),
        _keys("licence_offer", _ids(LicenceOffer.objects.filter(patent=patent))),
        _keys("licence_request", _ids(LicenceRequest.objects.filter(offer__patent=patent))),
    )


def _of_offer(offer: LicenceOffer) -> Iterable[Key]:
    return chain(
        _keys("licence_offer", [offer.pk]),
        _keys("licence_request", _ids(LicenceRequest.objects.filter(offer=offer))),
        _talk_about(offer),
    )


def _of_request(request: LicenceRequest) -> Iterable[Key]:
    """Whoever has asked goes on seeing an offer that is no longer listed."""
    return chain(_keys("licence_request", [request.pk]), _keys("licence_offer", [request.offer_id]))


def _of_venture(venture: Venture) -> Iterable[Key]:
    return chain(_keys("venture", [venture.pk]), _talk_about(venture))


def _of_room(room: Room) -> Iterable[Key]:
    return _keys("message", _ids(Message.objects.filter(room=room)))


def _talk_about(subject: Model) -> Iterable[Key]:
    """The messages about an object: whether they are public depends on whether it is."""
    about = ContentType.objects.get_for_model(subject)
    said = Message.objects.filter(room__content_type=about, room__object_id=subject.pk)
    return _keys("message", _ids(said))


DEPENDANTS: dict[type[Model], Dependants] = {
    Organisation: _of_organisation,
    Membership: _one("person", "user_id"),
    User: _one("person"),
    Profile: _one("person", "user_id"),
    Challenge: _of_challenge,
    Requirement: _one("challenge", "challenge_id"),
    Reward: _one("challenge", "challenge_id"),
    ChallengePhase: _of_phase,
    Submission: _of_submission,
    SubmissionVersion: _one("submission", "submission_id"),
    TeamMembership: _of_team,
    ReviewAssignment: _one("submission", "submission_id"),
    ConflictDeclaration: _one("submission", "submission_id"),
    Patent: _of_patent,
    PatentParty: _one("patent", "patent_id"),
    PatentClassification: _one("patent", "patent_id"),
    LicenceOffer: _of_offer,
    LicenceRequest: _of_request,
    Venture: _of_venture,
    VentureMember: _one("venture", "venture_id"),
    Room: _of_room,
    Message: _one("message"),
}


def dependants(row: Model) -> set[Key]:
    """The objects whose documents are made of this row; none for a row that no document is made of."""
    if isinstance(row, BasePage):
        return set(_keys("page", [row.pk]))
    found = DEPENDANTS.get(type(row))
    return set(found(row)) if found else set()
