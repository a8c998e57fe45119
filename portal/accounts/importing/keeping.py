"""Keeping imported organisations: once each, changed only where the register changed."""

from __future__ import annotations

from dataclasses import asdict

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify

from ..enums import OrganisationState
from ..models import Organisation
from .ror import Facts


@transaction.atomic
def keep(facts: Facts) -> str:
    """Make or refresh the organisation of this ROR id: ``created``, ``updated`` or ``unchanged``.

    One that people on the portal look after is theirs to describe, and stays as it is. What comes from the register
    is verified by it, and belongs to nobody here.
    """
    organisation = Organisation.objects.select_for_update().filter(ror_id=facts.ror_id).first()
    if organisation is None:
        Organisation.objects.create(slug=_slug(facts), state=OrganisationState.VERIFIED, **asdict(facts))
        return "created"
    if organisation.memberships.exists() or all(
        str(getattr(organisation, name)) == str(value) for name, value in asdict(facts).items()
    ):
        return "unchanged"
    for name, value in asdict(facts).items():
        setattr(organisation, name, value)
    organisation.save()
    return "updated"


def _slug(facts: Facts) -> str:
    """Readable, in ASCII, and unique by the register's own id."""
    readable = slugify(anyascii(facts.name))[:60].strip("-") or "organisation"
    return f"{readable}-{facts.ror_id}"
