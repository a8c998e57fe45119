"""Pools and what is in them."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from patents import rules
from patents.models import Patent, Pool, PoolMembership
from portal.accounts.models import Organisation
from portal.accounts.rules import is_platform_master, owns_verified_organisation
from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Refused
from portal.kernel.signals import object_changed


@transaction.atomic
def found_pool(
    *, actor: Any, slug: str, name: str, summary: str = "", organisation: Organisation | None, public: bool = True
) -> Pool:
    """Begin a pool, kept by a verified organisation of the actor's, or by the portal when its master founds it."""
    require(actor, owns_verified_organisation if organisation else is_platform_master, organisation)
    try:
        with transaction.atomic():
            pool = Pool.objects.create(
                slug=slug, name=name, summary=summary, organisation=organisation, public=public
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("A pool of this name is there already."), code="known_pool", field="name") from None
    audit.record("pool.found", pool, actor=actor, public=public)
    return pool


@transaction.atomic
def edit_pool(pool: Pool, *, actor: Any, name: str, summary: str, public: bool) -> Pool:
    """Change what a pool says about itself and who sees it; its address stays."""
    require(actor, rules.can_edit_pool, pool)
    pool.name, pool.summary, pool.public = name, summary, public
    pool.save(update_fields=["name", "summary", "public", "updated_at"])
    audit.record("pool.edit", pool, actor=actor, public=public, text=audit.digest(name + summary))
    return pool


@transaction.atomic
def add_to_pool(pool: Pool, patent: Patent, *, actor: Any) -> PoolMembership:
    """Put a patent that the actor may speak for into a pool that the actor may keep; twice is once."""
    require(actor, rules.can_edit_pool, pool)
    require(actor, rules.can_edit_patent, patent)
    membership, is_new = PoolMembership.objects.get_or_create(pool=pool, patent=patent)
    if is_new:
        audit.record("pool.add", pool, actor=actor, patent=patent.pk)
        object_changed.send(sender=Patent, objs=[patent])
    return membership


@transaction.atomic
def remove_from_pool(pool: Pool, patent: Patent, *, actor: Any) -> None:
    """Take a patent out of a pool; whoever holds the patent or keeps the pool may."""
    if not rules.can_edit_pool(actor, pool):
        require(actor, rules.can_edit_patent, patent)
    removed, _rows = PoolMembership.objects.filter(pool=pool, patent=patent).delete()
    if removed:
        audit.record("pool.remove", pool, actor=actor, patent=patent.pk)
        object_changed.send(sender=Patent, objs=[patent])
