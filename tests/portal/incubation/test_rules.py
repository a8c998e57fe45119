"""Each rule about seeing and its queryset twin say the same, for everyone, of everything."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.incubation import actions, rules
from portal.incubation.enums import VentureRole
from portal.incubation.models import GateEvidence, GateReview, Venture, VentureMember
from tests.factories.accounts import OrganisationFactory, UserFactory, member_of, owner_of
from tests.factories.incubation import GateReviewFactory, VentureFactory, lead_of


@pytest.fixture
def everyone(db: None) -> list[Any]:
    """People in every relation to the two ventures, one of them public; and nobody."""
    shown, hidden = VentureFactory(is_public=True), VentureFactory()
    for venture in (shown, hidden):
        review = GateReviewFactory(venture=venture)
        upload = SimpleUploadedFile("proof.txt", b"It works.", content_type="text/plain")
        actions.bring_evidence(review, actor=lead_of(venture), upload=upload, shows="x")
    mentor = UserFactory()
    VentureMember.objects.create(venture=hidden, user=mentor, role=VentureRole.MENTOR)
    return [
        AnonymousUser(),
        mentor,
        lead_of(hidden),
        lead_of(shown),
        owner_of(hidden.organisation),
        member_of(hidden.organisation),
        owner_of(OrganisationFactory()),
        UserFactory(is_platform_master=True),
        UserFactory(is_platform_master=True, is_active=False),
    ]


@pytest.mark.parametrize(
    ("model", "rule"),
    [
        (Venture, rules.can_view_venture),
        (GateReview, rules.can_view_review),
        (GateEvidence, rules.can_read_evidence),
    ],
)
def test_twins_agree(everyone: list[Any], model: Any, rule: Any) -> None:
    for user in everyone:
        by_rule = {obj.pk for obj in model.objects.all() if rule(user, obj)}
        by_rows = set(model.objects.visible_to(user).values_list("pk", flat=True))
        assert by_rule == by_rows, user


def test_inside_is_narrower_than_visible(everyone: list[Any]) -> None:
    for user in everyone:
        by_rule = {obj.pk for obj in Venture.objects.all() if rules.can_enter_venture(user, obj)}
        assert by_rule == set(Venture.objects.inside_of(user).values_list("pk", flat=True))


def test_a_stranger_sees_only_what_is_shown_to_everyone(everyone: list[Any]) -> None:
    assert [v.is_public for v in Venture.objects.visible_to(AnonymousUser())] == [True]
    assert not GateReview.objects.visible_to(AnonymousUser()).exists()
