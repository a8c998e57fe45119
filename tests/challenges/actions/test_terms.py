"""The deal: frozen with a hash that anybody can make again, followed only by new versions."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import IntegrityError, transaction

from challenges.actions.terms import canonical_text, freeze_terms, revise_terms
from challenges.content import TermsContent
from challenges.enums import ChallengeState, TermsModel
from challenges.models import Challenge, Consent, TermsVersion
from challenges.queries import terms_changes
from portal.accounts.models import Organisation, User
from portal.kernel.errors import Missing, Refused
from portal.notifications.models import Notification
from tests.factories.challenges import ChallengeFactory, take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def challenge(organisation: Organisation) -> Challenge:
    return ChallengeFactory(organisation=organisation)


def test_hash_is_of_the_canonical_text(challenge: Challenge) -> None:
    terms = challenge.terms_versions.get()
    assert terms.sha256 == hashlib.sha256(terms.canonical.encode()).hexdigest()
    assert json.loads(terms.canonical) == {
        "background_ip": "",
        "challenge": challenge.slug,
        "extra": "",
        "field_of_use": "",
        "model": "non_exclusive",
        "payment": "",
        "territory": "Worldwide",
        "version": 1,
    }


def test_hash_does_not_depend_on_when_or_how_often(organisation: Organisation) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=ChallengeState.APPROVED)
    first = freeze_terms(challenge)
    again = freeze_terms(challenge)
    assert (first.pk, first.sha256, first.canonical) == (again.pk, again.sha256, canonical_text(again))


@pytest.mark.parametrize(("field", "value"), [("territory", "Mars"), ("model", "assignment"), ("sha256", "0" * 64)])
def test_frozen_content_never_changes(challenge: Challenge, field: str, value: str) -> None:
    terms = challenge.terms_versions.get()
    setattr(terms, field, value)
    with pytest.raises(Refused, match="frozen"):
        terms.save()
    with pytest.raises(Refused, match="frozen"):
        terms.delete()


def test_revision_supersedes_and_asks_again(challenge: Challenge, owner: User, creator: User) -> None:
    take_part(creator, challenge)
    terms = revise_terms(challenge, TermsContent(model=TermsModel.EXCLUSIVE, territory="Worldwide"), actor=owner)
    before = challenge.terms_versions.get(version=1)
    assert (terms.version, terms.is_frozen, terms.superseded_at, before.superseded_at is not None) == (
        2,
        True,
        None,
        True,
    )
    assert list(challenge.terms_versions.current()) == [terms]
    assert not Consent.objects.filter(terms_version=terms).exists()
    told = Notification.objects.get(user=creator)
    assert told.url == f"/challenges/{challenge.slug}/terms/2/"


def test_changes_are_named(challenge: Challenge, owner: User) -> None:
    before = challenge.terms_versions.get()
    after = revise_terms(challenge, TermsContent(model=TermsModel.SOLE, payment="In a month"), actor=owner)
    assert [(str(c.label), c.before, c.after) for c in terms_changes(before, after)] == [
        ("rights", "Non-exclusive licence to the seeker", "Sole licence: the seeker and the solver, nobody else"),
        ("territory", "Worldwide", ""),
        ("payment", "", "In a month"),
    ]


def test_revision_needs_a_change(challenge: Challenge, owner: User) -> None:
    with pytest.raises(Refused, match="already in force"):
        revise_terms(challenge, TermsContent(territory="Worldwide"), actor=owner)
    assert TermsVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["creator", "rival", "colleague", "master"])
def test_only_the_seeker_revises(challenge: Challenge, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Missing):
        revise_terms(challenge, TermsContent(payment="Now"), actor=request.getfixturevalue(who))


@pytest.mark.parametrize("state", [ChallengeState.DRAFT, ChallengeState.DECIDED, ChallengeState.CANCELLED])
def test_no_revision_before_publication_or_after_the_decision(
    organisation: Organisation, owner: User, state: ChallengeState
) -> None:
    challenge = ChallengeFactory(organisation=organisation, state=state)
    with pytest.raises(Missing):
        revise_terms(challenge, TermsContent(payment="Now"), actor=owner)


def test_database_keeps_one_current_version(challenge: Challenge) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TermsVersion.objects.create(challenge=challenge, version=2)


def test_ledger_of_consents_is_only_added_to(challenge: Challenge, creator: User) -> None:
    take_part(creator, challenge)
    consent = Consent.objects.get()
    with pytest.raises(Refused, match="only added to"):
        consent.save()
    with pytest.raises(Refused, match="only added to"):
        consent.delete()
