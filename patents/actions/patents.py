"""Patents that people put in and keep up by hand."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from patents import rules, signals
from patents.importing.records import PatentRecord
from patents.importing.writing import copy_facts, rewrite_lists
from patents.models import Patent
from portal.accounts.models import Organisation
from portal.accounts.rules import owns_organisation
from portal.discussions.actions import open_room
from portal.discussions.models import Room
from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Conflict, Refused

from .upkeep import pause_unfounded_offers


@transaction.atomic
def add_patent(record: PatentRecord, *, actor: Any, owner: Organisation | None = None) -> Patent:
    """Put a patent into the pool, held by ``owner`` (an organisation of the actor's) or by the actor alone.

    Raises ``Refused`` (field ``number``) when the pool has it already: nobody takes a patent over by entering it.
    """
    require(actor, rules.can_add_patent, None)
    if owner is not None:
        require(actor, owns_organisation, owner)
    number = record.number
    patent = Patent(
        number=str(number), country=number.country, document_number=number.document, kind_code=number.kind,
        owner=owner, created_by=actor,
    )  # fmt: skip
    copy_facts(record, patent)
    _insert(patent)
    rewrite_lists([(patent, record)])
    audit.record("patent.add", patent, actor=actor, number=patent.number, owner=patent.owner_id)
    signals.patent_added.send(sender=Patent, obj=patent, actor=actor)
    return patent


def _insert(patent: Patent) -> None:
    try:
        with transaction.atomic():
            patent.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("This patent is in the pool already."), code="known_patent", field="number") from None


@transaction.atomic
def edit_patent(patent: Patent, record: PatentRecord, *, actor: Any, seen: str) -> Patent:
    """Write what ``record`` says of ``patent``; its number stays. ``seen`` is the ``version_of`` the editor began from.

    Raises ``Conflict`` when somebody else has changed the patent since.
    """
    locked = Patent.objects.select_for_update(of=("self",)).get(pk=patent.pk)
    require(actor, rules.can_edit_patent, locked)
    if version_of(locked) != seen:
        raise Conflict(_("Somebody else has changed this patent meanwhile. Look at it again before you save."))
    copy_facts(record, locked)
    locked.save()
    rewrite_lists([(locked, record)])
    audit.record("patent.edit", locked, actor=actor, facts=record.fingerprint)
    pause_unfounded_offers(locked)
    return locked


def version_of(patent: Patent) -> str:
    """What changes with every change of the patent."""
    return patent.updated_at.isoformat()


@transaction.atomic
def hand_over_patent(patent: Patent, *, actor: Any, owner: Organisation | None) -> Patent:
    """Let ``owner`` hold the patent from now on. Offers by who held it before pause themselves."""
    locked = Patent.objects.select_for_update(of=("self",)).get(pk=patent.pk)
    require(actor, rules.can_hand_over_patent, locked)
    if locked.owner == owner:
        return locked
    audit.record("patent.hand_over", locked, actor=actor, old=locked.owner_id, new=owner.pk if owner else None)
    locked.owner = owner
    locked.save(update_fields=["owner", "updated_at"])
    signals.patent_handed_over.send(sender=Patent, obj=locked, actor=actor)
    pause_unfounded_offers(locked)
    return locked


def open_patent_room(patent: Patent, *, actor: Any) -> Room:
    """The public room of a patent, opened by the first who wants to talk about it."""
    require(actor, rules.can_talk_of_patent, patent)
    return open_room("patent", patent, str(patent)[:200])
