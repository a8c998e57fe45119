"""From a change to the index: what is enqueued, and what the drain makes of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from challenges.enums import AssignmentState, ChallengeState, PhaseState, SubmissionState
from challenges.models import Challenge, ConflictDeclaration, TeamMembership
from patents.enums import LicenceModel, OfferState
from patents.models import LicenceOffer, LicenceRequest, Patent, PatentParty
from portal.accounts.models import Membership, Organisation, User
from portal.discussions.models import Room
from portal.incubation.models import Venture, VentureMember
from portal.kernel import outbox
from portal.kernel.models import OutboxEntry
from portal.kernel.signals import object_changed, transitioned
from search import drain, engines
from search.documents.tokens import tokens_of
from search.engines.port import EngineUnavailable
from search.models import VersionCounter
from search.rebuild import rebuild
from search.requests import SearchRequest
from search.verify import drift
from tests.factories.accounts import MembershipFactory, OrganisationFactory, SkillFactory, UserFactory
from tests.factories.challenges import AssignmentFactory, ChallengeFactory, SubmissionFactory
from tests.factories.discussions import MessageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_engine")]


def waiting() -> set[str]:
    """The keys in the outbox, which is emptied."""
    entries = OutboxEntry.objects.filter(topic=drain.TOPIC)
    keys = set(entries.values_list("key", flat=True))
    entries.delete()
    return keys


def after(change: Callable[[], object]) -> set[str]:
    """The keys that a change puts into the outbox."""
    waiting()
    change()
    return waiting()


def settle() -> None:
    """Work off the outbox until it is empty."""
    while outbox.drain([drain.TOPIC]):
        pass
    assert not OutboxEntry.objects.filter(topic=drain.TOPIC).exists()


def found(user: Any = None, **words: Any) -> list[str]:
    """The keys of what is found, by a stranger unless told otherwise."""
    tokens = tokens_of(user) if user else frozenset({"public"})
    return [hit.key for hit in engines.current().search(SearchRequest(tokens=tokens, **words)).hits]


# --- what is enqueued ---------------------------------------------------------------------------


def test_an_organisation_takes_what_names_it_along() -> None:
    challenge = ChallengeFactory()
    organisation = challenge.organisation
    venture = Venture.objects.create(title="Pump", organisation=organisation)

    assert after(organisation.save) == {
        f"organisation:{organisation.pk}",
        f"challenge:{challenge.pk}",
        f"venture:{venture.pk}",
    }


def test_a_challenge_takes_its_answers_and_its_talk_along() -> None:
    submission = SubmissionFactory()
    challenge = submission.challenge
    room = Room.objects.create(audience="challenge", subject=challenge, title="Talk")
    message = MessageFactory(room=room)

    keys = {f"challenge:{challenge.pk}", f"submission:{submission.pk}", f"message:{message.pk}"}
    assert after(challenge.save) == keys
    assert after(lambda: transitioned.send(Challenge, obj=challenge, transition=None, actor=None)) == keys


def test_rows_around_a_submission_reach_it() -> None:
    submission = SubmissionFactory()
    reviewer, mate = UserFactory(), UserFactory()
    expected = {f"submission:{submission.pk}"}

    assert after(submission.versions.first().save) == expected
    assert after(submission.challenge.phases.first().save) == expected
    assert after(lambda: AssignmentFactory(submission=submission, reviewer=reviewer, invited_by=mate)) == expected
    assert after(lambda: ConflictDeclaration.objects.create(submission=submission, user=mate, reason="x")) == expected
    joined = TeamMembership(team=submission.team, user=mate)
    assert after(joined.save) == expected
    assert after(joined.delete) == expected


def test_people_are_written_again_when_what_they_tell_or_belong_to_changes() -> None:
    user, organisation, skill = UserFactory(), OrganisationFactory(), SkillFactory()
    expected = {f"person:{user.pk}"}

    assert after(user.profile.save) == expected
    assert after(lambda: user.profile.skills.add(skill)) == expected
    assert after(lambda: MembershipFactory(user=user, organisation=organisation)) == expected
    assert after(lambda: Membership.objects.get(user=user).delete()) == expected


def test_patents_offers_and_requests_hang_together() -> None:
    patent = Patent.objects.create(number="US-1-A", country="US", document_number="1", title="Bearing")
    offer = LicenceOffer.objects.create(
        patent=patent, offered_by=UserFactory(), model=LicenceModel.SOLE, headline="Take it"
    )
    request = LicenceRequest.objects.create(offer=offer, requester=UserFactory(), purpose="Use")
    three = {f"patent:{patent.pk}", f"licence_offer:{offer.pk}", f"licence_request:{request.pk}"}

    assert after(patent.save) == three
    assert after(lambda: PatentParty.objects.create(patent=patent, role="owner", name="X")) == {f"patent:{patent.pk}"}
    assert after(offer.save) == three - {f"patent:{patent.pk}"}
    assert after(request.save) == three - {f"patent:{patent.pk}"}


def test_people_of_a_venture_reach_it() -> None:
    venture = Venture.objects.create(title="Pump", organisation=OrganisationFactory())

    part = VentureMember(venture=venture, user=UserFactory(), role="mentor")
    waiting()
    assert after(part.save) == {f"venture:{venture.pk}"}


def test_bulk_writes_are_told_by_rows_or_by_keys() -> None:
    patents = [Patent.objects.create(number=f"US-{n}-A", country="US", document_number=str(n)) for n in (1, 2)]
    expected = {f"patent:{patent.pk}" for patent in patents}

    assert after(lambda: object_changed.send(Patent, objs=patents)) == expected
    assert after(lambda: object_changed.send(Patent, objs=[patent.pk for patent in patents])) == expected


def test_a_change_that_is_rolled_back_leaves_nothing_in_the_outbox() -> None:
    organisation = OrganisationFactory()
    waiting()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _save_and_fail(organisation)

    assert waiting() == set()


def _save_and_fail(organisation: Organisation) -> None:
    organisation.save()
    raise ZeroDivisionError


# --- what the drain makes of it -----------------------------------------------------------------


def test_the_first_drain_builds_the_index() -> None:
    challenge = ChallengeFactory(title="Quiet pump")

    settle()

    assert found(text="pump") == [f"challenge:{challenge.pk}"]
    assert drift().keys == []


def test_a_change_is_found_and_a_deletion_gone() -> None:
    room = Room.objects.create(audience="community", title="Commons")
    message = MessageFactory(room=room, text="A graphene question")
    settle()
    assert found(text="graphene") == [f"message:{message.pk}"]

    message.text = "A zirconium question"
    message.save()
    settle()
    assert (found(text="graphene "), found(text="zirconium ")) == ([], [f"message:{message.pk}"])

    message.delete()
    settle()
    assert found(text="zirconium ") == []


def test_draining_twice_is_harmless() -> None:
    ChallengeFactory()
    settle()
    before = sorted((entry.key, entry.digest) for entry in engines.current().entries())

    pks = Challenge.objects.values_list("pk", flat=True)
    entries = [OutboxEntry(topic=drain.TOPIC, key=f"challenge:{pk}") for pk in pks]
    drain.index_entries(entries)
    drain.index_entries(entries)

    assert sorted((entry.key, entry.digest) for entry in engines.current().entries()) == before


def test_a_slower_drain_never_overwrites_what_a_faster_one_read_later() -> None:
    challenge = ChallengeFactory(title="Oldish words")
    settle()
    slow = list(drain.writes_of([("challenge", str(challenge.pk))], VersionCounter.draw()))

    challenge.title = "Newish words"
    challenge.save()
    settle()
    written = engines.current().write(slow)

    assert (written.applied, written.outdated) == (0, 1)
    assert (found(text="oldish "), found(text="newish ")) == ([], [f"challenge:{challenge.pk}"])


def test_versions_only_grow_even_after_a_restore() -> None:
    first = VersionCounter.draw()
    VersionCounter.objects.update(value=7)

    assert VersionCounter.draw() >= first
    VersionCounter.objects.update(value=first + 10**9)
    assert VersionCounter.draw() == first + 10**9 + 1


def test_a_withdrawn_answer_leaves_the_index_of_all_but_its_team() -> None:
    submission = SubmissionFactory(state=SubmissionState.SUBMITTED, title="Rubber mount")
    assignment = AssignmentFactory(submission=submission, state=AssignmentState.ACCEPTED)
    settle()
    assert found(assignment.reviewer, text="rubber") == [f"submission:{submission.pk}:abstract"]

    submission.state = SubmissionState.WITHDRAWN
    submission.save()
    settle()

    assert found(assignment.reviewer, text="rubber") == []
    assert found(submission.team.lead, text="rubber") == [f"submission:{submission.pk}:team"]


def test_a_body_is_found_once_its_phase_is_unsealed() -> None:
    submission = SubmissionFactory(state=SubmissionState.SUBMITTED, body="A magnesium spring.")
    assignment = AssignmentFactory(submission=submission, state=AssignmentState.ACCEPTED)
    settle()
    assert found(assignment.reviewer, text="magnesium") == []

    phase = submission.challenge.phases.get()
    phase.state = PhaseState.CLOSED
    phase.save()
    settle()

    assert found(assignment.reviewer, text="magnesium") == [f"submission:{submission.pk}:body"]
    assert found(text="magnesium") == []


def test_who_leaves_an_organisation_stops_finding_its_drafts_at_once() -> None:
    challenge = ChallengeFactory(state=ChallengeState.DRAFT, title="Secret pump")
    owner = MembershipFactory(organisation=challenge.organisation, role="owner").user
    settle()
    assert found(User.objects.get(pk=owner.pk), text="secret") == [f"challenge:{challenge.pk}"]

    owner.memberships.all().delete()

    assert found(User.objects.get(pk=owner.pk), text="secret") == []


def test_an_offer_that_is_paused_stays_with_who_has_asked() -> None:
    patent = Patent.objects.create(number="US-1-A", country="US", document_number="1", title="Bearing")
    offer = LicenceOffer.objects.create(
        patent=patent,
        offered_by=UserFactory(),
        model=LicenceModel.SOLE,
        headline="Quick licence",
        state=OfferState.LISTED,
    )
    asked = LicenceRequest.objects.create(offer=offer, requester=UserFactory(), purpose="Use").requester
    settle()
    assert found(text="quick") == [f"licence_offer:{offer.pk}"]

    offer.state = OfferState.PAUSED
    offer.save()
    settle()

    assert found(text="quick") == []
    assert f"licence_offer:{offer.pk}" in found(asked, text="quick licence")


def test_an_engine_that_is_away_postpones_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    challenge = ChallengeFactory()
    rebuild()
    challenge.title = "Meanwhile"
    challenge.save()

    def away(*args: Any) -> None:
        raise EngineUnavailable("gone fishing")

    with monkeypatch.context() as patch:
        patch.setattr(engines.current(), "write", away)
        drained = outbox.drain([drain.TOPIC])
    entry = OutboxEntry.objects.filter(topic=drain.TOPIC, key=f"challenge:{challenge.pk}").last()

    assert (drained.done, drained.dead) == (0, 0)
    assert entry is not None
    assert (entry.attempts, entry.last_error) == (0, "gone fishing")
    OutboxEntry.objects.update(not_before=entry.created_at)
    settle()
    assert found(text="meanwhile") == [f"challenge:{challenge.pk}"]


def test_keys_of_unknown_kinds_are_nothing() -> None:
    assert list(drain.writes_of([("gizmo", "1")], 1)) == []
