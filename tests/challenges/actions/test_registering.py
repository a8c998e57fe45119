from __future__ import annotations

from typing import Any

import pytest

from challenges.actions import registering
from challenges.actions.terms import revise_terms
from challenges.content import TermsContent
from challenges.enums import ChallengeState, RegistrationState
from challenges.models import Challenge, Consent, Registration
from portal.accounts.models import Organisation, User
from portal.kernel import audit
from portal.kernel.errors import Missing, Refused, WrongState
from tests.challenges import scenes
from tests.factories.accounts import UserFactory
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return scenes.open_challenge(organisation)


def sha_of(challenge: Challenge) -> str:
    return str(challenge.terms_versions.current().get().sha256)


def enter(challenge: Challenge, person: User, **given: Any) -> Registration:
    return registering.register_for(challenge, actor=person, **{"accept_terms": sha_of(challenge), **given})


def test_accepting_the_terms_is_taking_part(challenge: Challenge, creator: User) -> None:
    registration = enter(challenge, creator)
    consent = Consent.objects.get(user=creator)
    assert (registration.state, consent.sha256) == (RegistrationState.APPROVED, sha_of(challenge))
    assert [event.action for event in audit.history(registration)] == [
        "registration.request",
        "registration.consent",
        "registration.approve",
    ]


def test_a_challenge_that_vets_waits_for_its_seeker(challenge: Challenge, creator: User, owner: User) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(vets_solvers=True)
    challenge.refresh_from_db()
    registration = enter(challenge, creator)
    assert registration.state == RegistrationState.REQUESTED
    assert registering.decide_registration(registration, "approve", actor=owner).state == RegistrationState.APPROVED


@pytest.mark.parametrize("stale", ["", "0" * 64, "not a hash"])
def test_terms_that_are_not_the_present_ones_are_refused(challenge: Challenge, creator: User, stale: str) -> None:
    with pytest.raises(Refused, match="terms have changed") as refusal:
        enter(challenge, creator, accept_terms=stale)
    assert refusal.value.code == "terms_stale"
    assert (Registration.objects.count(), Consent.objects.filter(user=creator).count()) == (0, 0)


def test_revised_terms_are_asked_again_and_the_old_acceptance_stays(
    challenge: Challenge, creator: User, owner: User
) -> None:
    enter(challenge, creator)
    old = sha_of(challenge)
    revise_terms(challenge, TermsContent(territory="Europe"), actor=owner)
    assert not registering.has_accepted(creator, registering.current_terms(challenge))
    with pytest.raises(Refused, match="terms have changed"):
        enter(challenge, creator, accept_terms=old)
    enter(challenge, creator)
    assert set(Consent.objects.filter(user=creator).values_list("sha256", flat=True)) == {old, sha_of(challenge)}
    assert Registration.objects.count() == 1


def test_entering_twice_is_entering_once(challenge: Challenge, creator: User) -> None:
    assert enter(challenge, creator).pk == enter(challenge, creator).pk
    assert Consent.objects.filter(user=creator).count() == 1


def test_whoever_stands_on_another_side_cannot_enter(
    challenge: Challenge, owner: User, colleague: User, master: User
) -> None:
    reviewer = AssignmentFactory(submission=SubmissionFactory(challenge=challenge)).reviewer
    unverified = UserFactory(verified=False)
    for person in (owner, colleague, master, reviewer, challenge.posted_by, unverified):
        with pytest.raises(Missing):
            enter(challenge, person)


@pytest.mark.parametrize("state", [state for state in ChallengeState if state != ChallengeState.OPEN])
def test_only_an_open_challenge_takes_people_in(state: ChallengeState, creator: User) -> None:
    challenge = ChallengeFactory(state=state)
    with pytest.raises(Missing):
        registering.register_for(challenge, actor=creator, accept_terms="x")


def test_after_the_deadline_nobody_enters_though_the_clock_has_not_closed_it(
    challenge: Challenge, creator: User
) -> None:
    scenes.pass_deadline(challenge)
    with pytest.raises(Refused, match="deadline has passed"):
        enter(challenge, creator)


def test_one_enters_only_for_organisations_one_belongs_to(
    challenge: Challenge, rival: User, rival_organisation: Organisation, creator: User
) -> None:
    assert enter(challenge, rival, organisation=rival_organisation).organisation == rival_organisation
    with pytest.raises(Refused, match="do not belong"):
        enter(challenge, creator, organisation=rival_organisation)


def test_who_was_declined_may_ask_again_who_was_revoked_may_not(
    challenge: Challenge, creator: User, owner: User
) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(vets_solvers=True)
    challenge.refresh_from_db()
    registration = enter(challenge, creator)
    registering.decide_registration(registration, "decline", actor=owner, reason="Too early.")
    assert enter(challenge, creator).state == RegistrationState.REQUESTED
    registering.decide_registration(registration, "revoke", actor=owner, reason="Spam.")
    with pytest.raises(Refused, match="ended your part"):
        enter(challenge, creator)


def test_only_the_seeker_answers_and_says_why(challenge: Challenge, creator: User, owner: User, rival: User) -> None:
    Challenge.objects.filter(pk=challenge.pk).update(vets_solvers=True)
    challenge.refresh_from_db()
    registration = enter(challenge, creator)
    for stranger in (creator, rival):
        with pytest.raises(Missing):
            registering.decide_registration(registration, "approve", actor=stranger)
    with pytest.raises(Refused, match="reason"):
        registering.decide_registration(registration, "decline", actor=owner)
    registering.decide_registration(registration, "approve", actor=owner)
    with pytest.raises(WrongState):
        registering.decide_registration(registration, "approve", actor=owner)
