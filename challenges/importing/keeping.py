"""Keeping foreign challenges: once each, changed only where the source changed."""

from __future__ import annotations

from django.db import transaction

from portal.accounts.enums import OrganisationState
from portal.accounts.models import Organisation
from portal.discussions.actions import open_room

from ..audiences import PUBLIC
from ..enums import ChallengeState
from ..models import Challenge, Reward
from .mapping import Foreign

EXTERNAL = {"name": "External challenges", "state": OrganisationState.VERIFIED}


def external_organisation() -> Organisation:
    """The organisation under which challenges of other platforms stand, unless another is named."""
    return Organisation.objects.get_or_create(slug="external-challenges", defaults=EXTERNAL)[0]


@transaction.atomic
def keep(foreign: Foreign, organisation: Organisation) -> str:
    """Make or refresh the challenge of this row: ``created``, ``updated`` or ``unchanged``."""
    key = {"source": foreign.source, "source_id": foreign.source_id}
    challenge = Challenge.objects.select_for_update().filter(**key).first()
    if challenge and challenge.source_sha256 == foreign.fields["source_sha256"]:
        return "unchanged"
    outcome = "updated" if challenge else "created"
    challenge = challenge or Challenge(**key)
    challenge.organisation = organisation
    for name, value in foreign.fields.items():
        setattr(challenge, name, value)
    challenge.save()
    challenge.rewards.all().delete()
    if foreign.reward:
        Reward.objects.create(challenge=challenge, rank=1, title="Prize", amount=foreign.reward)  # type: ignore[misc]
    if challenge.state == ChallengeState.OPEN:
        open_room(PUBLIC, challenge, challenge.title)
    return outcome
