"""Founding and keeping organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked, require
from portal.kernel.errors import Refused
from portal.kernel.workflow import Transition

from .. import signals
from ..enums import MembershipRole, OrganisationState
from ..models import Membership, Organisation
from ..rules import can_edit_organisation, can_found_organisation, is_member
from ..workflow import ORGANISATION

if TYPE_CHECKING:
    from ..models import User

EDITABLE = frozenset({"name", "country", "industry", "summary", "website", "ror_id"})
RESERVED = frozenset({"new", "invitations"})
MOST_PENDING = 5


def found_organisation(
    *, actor: User, name: str, kind: str, parent: Organisation | None = None, **facts: Any
) -> Organisation:
    """A new organisation that waits for verification, with ``actor`` as its owner.

    ``facts`` are of ``EDITABLE``. Raises ``Missing`` without a verified address or outside the ``parent``, and
    ``Refused`` for a microenterprise without parent, and while five of one's foundations wait.
    """
    require(actor, can_found_organisation, None)
    if parent is not None:
        require(actor, is_member, parent)
    organisation = Organisation(
        slug=_free_slug(name), name=name, kind=kind, parent=parent, founded_by=actor, **_known(facts)
    )
    with transaction.atomic():
        _refuse_too_many(actor)
        _check(organisation)
        organisation.save()
        Membership.objects.create(user=actor, organisation=organisation, role=MembershipRole.OWNER)
        audit.record("organisation.found", organisation, actor=actor, kind=kind, parent=parent.pk if parent else None)
        signals.organisation_founded.send(sender=Organisation, obj=organisation, actor=actor)
    actor.forget_roles()
    return organisation


def edit_organisation(organisation: Organisation, *, actor: User, **facts: Any) -> Organisation:
    """Change what an organisation says about itself; its kind, parent, state and address stay.

    Raises ``Missing`` for people who do not own it and ``Refused`` for facts that do not fit.
    """
    with transaction.atomic():
        kept = fetch_locked(Organisation, actor, can_edit_organisation, pk=organisation.pk)
        for field, value in _known(facts).items():
            setattr(kept, field, value)
        _check(kept)
        kept.save()
        audit.record("organisation.edit", kept, actor=actor)
    return kept


def decide_organisation(organisation: Organisation, transition: str, *, actor: User, reason: str = "") -> Organisation:
    """Let the platform master verify, decline, suspend or reinstate; the reason is kept for the owners to read.

    Raises what ``Workflow.perform`` raises.
    """
    return ORGANISATION.perform(organisation, transition, actor=actor, reason=reason, state_reason=reason.strip())


def decisions_for(organisation: Organisation, user: Any) -> list[Transition]:
    """What ``user`` could decide about ``organisation`` now."""
    return ORGANISATION.available(organisation, user)


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    unknown = facts.keys() - EDITABLE
    if unknown:
        raise TypeError(f"an organisation has no such fact to change: {', '.join(sorted(unknown))}")
    return facts | ({"ror_id": facts["ror_id"] or None} if "ror_id" in facts else {})


def _check(organisation: Organisation) -> None:
    """Refuse in words what the fields or the database would refuse in an error."""
    try:
        organisation.full_clean(exclude=["founded_by"])
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        named = field if field != "__all__" else "parent"
        raise Refused(messages[0], code="invalid", field=named) from None


def _refuse_too_many(actor: User) -> None:
    waiting = Organisation.objects.filter(founded_by=actor, state=OrganisationState.PENDING).count()
    if waiting >= MOST_PENDING:
        raise Refused(_("Five of your organisations wait for verification already."), code="too_many")


def _free_slug(name: str) -> str:
    """A readable address nobody has; a name without Latin letters gets a short random one."""
    base = slugify(name)[:60] or f"org-{get_random_string(8).lower()}"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken | RESERVED else f"{base}-{get_random_string(6).lower()}"
