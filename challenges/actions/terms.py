"""The deal: frozen when a challenge is published, afterwards only ever followed by a new version."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import fetch_locked
from portal.kernel.clock import database_now
from portal.kernel.errors import Refused

from .. import rules
from ..content import TermsContent
from ..models import Challenge, TermsVersion
from ..models.terms import CONTENT
from ..signals import terms_revised

if TYPE_CHECKING:
    from portal.accounts.models import User


def canonical_text(terms: TermsVersion) -> str:
    """The exact text that is hashed: JSON with sorted keys and no spaces, in UTF-8.

    It names the challenge and the version, so that no two deals share a hash.
    """
    content = {name: getattr(terms, name) for name in CONTENT}
    content |= {"challenge": terms.challenge.slug, "version": terms.version}
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()


def freeze_terms(challenge: Challenge) -> TermsVersion:
    """Fix the current terms for ever and return them; frozen ones stay as they are.

    The caller holds the challenge's lock. A challenge that never had terms gets the default ones.
    """
    terms = challenge.terms_versions.current().first() or TermsVersion(challenge=challenge)
    if not terms.is_frozen:
        _freeze(terms)
    return terms


def revise_terms(challenge: Challenge, content: TermsContent, *, actor: User) -> TermsVersion:
    """Put a new version in the place of the current terms; nobody is held to it who does not accept it.

    Raises ``Missing`` when ``actor`` may not, ``Refused`` when nothing would change.
    """
    with transaction.atomic():
        locked = fetch_locked(Challenge, actor, rules.can_revise_terms, pk=challenge.pk)
        previous = freeze_terms(locked)
        if all(getattr(previous, name) == value for name, value in asdict(content).items()):
            raise Refused(_("These are the terms already in force."), code="unchanged")
        previous.superseded_at = database_now()
        previous.save(update_fields=["superseded_at", "updated_at"])
        terms = TermsVersion(challenge=locked, version=previous.version + 1, **asdict(content))
        _freeze(terms)
        audit.record("challenge.revise_terms", locked, actor=actor, version=terms.version, sha256=terms.sha256)
        terms_revised.send(sender=TermsVersion, terms=terms, previous=previous, actor=actor)
    return terms


def _freeze(terms: TermsVersion) -> None:
    terms.canonical = canonical_text(terms)
    terms.sha256 = sha256(terms.canonical.encode()).hexdigest()
    terms.frozen_at = database_now()
    terms.save()
