"""What an answer costs does not grow with what it lists: as many questions to the database for thirty as for three."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from challenges.audiences import PUBLIC
from challenges.models import Requirement, SubmissionAccess
from patents.models import Citation, PatentParty
from portal.notifications.models import Notification
from search.models import SavedSearch
from search.rebuild import rebuild
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.challenges import ChallengeFactory, PhaseFactory, SubmissionFactory, VersionFactory
from tests.factories.discussions import room_beside, talk
from tests.factories.incubation import GateReviewFactory, VentureFactory
from tests.factories.moderation import CaseFactory
from tests.factories.patents import LicenceOfferFactory, PatentFactory
from tests.portal.api.operations import OPERATIONS, Portal, call
from tests.portal.api.test_matrix import keys_of

pytestmark = pytest.mark.once

FEW, MANY = 3, 30
More = Callable[[Portal, int], object]


def challenges(portal: Portal, number: int) -> None:
    for _ in range(number):
        room_beside(ChallengeFactory(), audience=PUBLIC)


def patents(portal: Portal, number: int) -> None:
    for _ in range(number):
        patent = PatentFactory(owner=OrganisationFactory())
        PatentParty.objects.create(patent=patent, role="applicant", name="Somebody")


def found(portal: Portal, number: int) -> None:
    challenges(portal, number)
    patents(portal, number)
    rebuild()


def messages(portal: Portal, number: int) -> None:
    talk(portal.room, [UserFactory() for _ in range(number)], number)


def cases(portal: Portal, number: int) -> None:
    talk(portal.plaza, [UserFactory() for _ in range(number)], number)
    for message in portal.plaza.messages.order_by("-seq")[:number]:
        CaseFactory(message=message)


def accesses(portal: Portal, number: int) -> None:
    version = portal.filed.versions.get()
    for _ in range(number):
        SubmissionAccess.objects.create(submission=portal.filed, viewer=UserFactory(), what="body", version=version)


def rows_of_challenge(portal: Portal, number: int) -> None:
    first = portal.open.requirements.count() + 1
    for position in range(first, first + number):
        Requirement.objects.create(challenge=portal.open, position=position, priority="must", text="Below 30 dB.")


def rows_of_patent(portal: Portal, number: int) -> None:
    first = portal.patent.citations.count()
    for place in range(first, first + number):
        Citation.objects.create(patent=portal.patent, raw=f"US{place}", number=f"US-{place}-A", sequence=place)
        LicenceOfferFactory(patent=portal.patent, organisation=portal.acme)


def versions(portal: Portal, number: int) -> None:
    for _ in range(number):
        VersionFactory(submission=portal.filed, phase=PhaseFactory(challenge=portal.judged))


def reviews(portal: Portal, number: int) -> None:
    for _ in range(number):
        GateReviewFactory(venture=portal.venture, state="go", decided_at=timezone.now(), decided_by=UserFactory())


def kept(portal: Portal, number: int) -> None:
    for person in portal.people.values():
        have = SavedSearch.objects.filter(user=person).count()
        for place in range(number):
            SavedSearch.objects.create(user=person, name="Kept", query=f"q={have + place}")


def told(portal: Portal, number: int) -> None:
    for person in portal.people.values():
        for _ in range(number):
            Notification.objects.create(
                user=person, category="mentions", url="/", subject="Look", kind="challenge", key=portal.open.slug
            )


Case = tuple[More, str, str, str]
LISTS: Mapping[str, Case] = {
    "list_challenges": (challenges, "", "?limit=100", "items"),
    "get_challenge": (rows_of_challenge, "open", "", "requirements"),
    "list_patents": (patents, "", "?limit=100", "items"),
    "get_patent": (rows_of_patent, "patent", "", "offers"),
    "list_licence_offers": (lambda p, n: [LicenceOfferFactory() for _ in range(n)], "", "?limit=100", "items"),
    "list_ventures": (lambda p, n: [VentureFactory(is_public=True) for _ in range(n)], "", "?limit=100", "items"),
    "get_venture": (reviews, "venture", "", "reviews"),
    "list_messages": (messages, "room", "", "items"),
    "list_moderation_cases": (cases, "", "?limit=100", "items"),
    "list_accesses": (accesses, "filed", "", "items"),
    "get_submission": (versions, "filed", "", "versions"),
    "search": (found, "", "?size=100&kind=challenge", "hits"),
    "suggest": (found, "", "?q=quiet", "suggestions"),
    "similar": (found, "open", "?size=100", "hits"),
    "list_notifications": (told, "", "?limit=100", "items"),
    "list_saved_searches": (kept, "", "?limit=100", "items"),
}
"""How there comes to be more of what an operation lists, where it is asked, and the name of its list."""
LISTS_NOTHING = {"get_receipt", "list_notification_choices"}
WALKS = {"get_lineage", "matches"}
ASKS_AS = ("anonymous", "solver", "owner", "master")


def test_every_operation_that_reads_is_measured() -> None:
    assert LISTS.keys() | LISTS_NOTHING | WALKS == {name for name, each in OPERATIONS.items() if not each.writes}


def asked(portal: Portal, name: str, secret: str) -> tuple[int, int, int]:
    """Status, how many are listed, and how many questions the database was asked."""
    _more, thing, query, items = LISTS[name]
    keys = keys_of(OPERATIONS[name], getattr(portal, thing)) if thing else {}
    call(OPERATIONS[name], keys, None, secret, query)
    with CaptureQueriesContext(connection) as questions:
        answer = call(OPERATIONS[name], keys, None, secret, query)
    return answer.status_code, len(answer.json().get(items, ())), len(questions)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(LISTS))
def test_many_cost_no_more_questions_than_few(name: str) -> None:
    portal, more = Portal(), LISTS[name][0]
    secrets = {person: portal.secret(person) for person in ASKS_AS}

    more(portal, FEW)
    few = {person: asked(portal, name, secret) for person, secret in secrets.items()}
    more(portal, MANY - FEW)
    many = {person: asked(portal, name, secret) for person, secret in secrets.items()}

    answered = [person for person in ASKS_AS if few[person][0] == 200]
    assert answered
    assert all(many[person][1] - few[person][1] >= 3 for person in answered)
    assert {person: many[person][2] - few[person][2] for person in answered} == dict.fromkeys(answered, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("person", ASKS_AS)
def test_a_thread_costs_a_few_questions_for_each_thing_that_one_may_see(person: str) -> None:
    portal = Portal()
    secret, keys = portal.secret(person), {"of_kind": "challenge", "key": portal.open.slug}

    costs = []
    for number in (FEW, MANY - FEW):
        for _ in range(number):
            SubmissionFactory(challenge=portal.open)
        with CaptureQueriesContext(connection) as questions:
            call(OPERATIONS["get_lineage"], keys, None, secret)
        costs.append(len(questions))
    assert costs[1] - costs[0] <= (4 * (MANY - FEW) if person in ("owner", "master") else 0)
