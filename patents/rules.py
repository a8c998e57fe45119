"""Who may do what with patents, pools, offers and requests. What decides about seeing has a twin in ``querysets``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rules import Predicate, predicate

from portal.accounts.models import Organisation
from portal.accounts.rules import has_verified_email, is_member, is_person, is_platform_master, owns_organisation

from .enums import OfferState
from .models import LicenceOffer, LicenceRequest, Patent, Pool


@predicate
def is_public_record(user: Any, patent: Patent) -> bool:
    """What an office has published is everybody's to read."""
    return True


@predicate
def holds_patent(user: Any, patent: Patent) -> bool:
    """The person owns the organisation that holds it, or added it in their own name."""
    if patent.owner_id:
        return bool(owns_organisation(user, patent.owner))
    return is_person(user) and patent.created_by_id == user.pk


@predicate
def is_held_by_organisation(user: Any, patent: Patent) -> bool:
    """Some organisation stands for the patent."""
    return patent.owner_id is not None


@predicate
def is_public_pool(user: Any, pool: Pool) -> bool:
    """The pool is shown to everyone."""
    return pool.public


@predicate
def belongs_to_keeper(user: Any, pool: Pool) -> bool:
    """The person is a member of the organisation that keeps the pool."""
    return bool(is_member(user, pool.organisation))


@predicate
def owns_keeper(user: Any, pool: Pool) -> bool:
    """The person owns the organisation that keeps the pool."""
    return bool(owns_organisation(user, pool.organisation))


@predicate
def is_listed(user: Any, offer: LicenceOffer) -> bool:
    """The offer is on the table."""
    return offer.state == OfferState.LISTED


@predicate
def is_licensor(user: Any, offer: LicenceOffer) -> bool:
    """The person speaks for the offer: an owner of its organisation, or who offers in their own name."""
    if offer.organisation_id:
        return bool(owns_organisation(user, offer.organisation))
    return is_person(user) and offer.offered_by_id == user.pk


@predicate
def is_on_licensor_side(user: Any, offer: LicenceOffer) -> bool:
    """The person belongs to those who offer, in whatever role."""
    return bool(is_licensor(user, offer)) or bool(is_member(user, offer.organisation))


@predicate
def has_asked(user: Any, offer: LicenceOffer) -> bool:
    """The person, or an organisation of theirs, has asked for this licence."""
    return is_person(user) and LicenceRequest.objects.of_licensee(user).filter(offer=offer).exists()


@predicate
def has_consented(user: Any, offer: LicenceOffer) -> bool:
    """The person has promised to keep the terms, exactly as they now stand, to themselves."""
    return is_person(user) and offer.consents.filter(user=user, digest=offer.terms_digest).exists()


@predicate
def is_on_licensee_side(user: Any, request: LicenceRequest) -> bool:
    """The person sent the request, or belongs to the organisation it was sent for."""
    return is_person(user) and (request.requester_id == user.pk or bool(is_member(user, request.organisation)))


@predicate
def is_licensee(user: Any, request: LicenceRequest) -> bool:
    """The person speaks for the request: who sent it, or an owner of the organisation it was sent for."""
    return is_person(user) and (request.requester_id == user.pk or bool(owns_organisation(user, request.organisation)))


@predicate
def owns_some_organisation(user: Any, obj: object = None) -> bool:
    """The person owns an organisation that the platform master vouches for."""
    return is_person(user) and Organisation.objects.owned_by(user).verified().exists()


def of_offer(rule: Callable[[Any, LicenceOffer], bool]) -> Predicate:
    """``rule``, asked of the offer that a request is about."""

    @predicate(f"of_offer:{getattr(rule, 'name', rule)}")
    def asked(user: Any, request: LicenceRequest) -> bool:
        return bool(rule(user, request.offer))

    return asked


can_view_patent: Predicate = is_public_record
can_add_patent: Predicate = has_verified_email
can_talk_of_patent: Predicate = has_verified_email
can_edit_patent: Predicate = holds_patent | is_platform_master
can_hand_over_patent: Predicate = is_platform_master
can_offer_licence: Predicate = has_verified_email & (holds_patent | (is_platform_master & is_held_by_organisation))

can_found_pool: Predicate = is_platform_master | owns_some_organisation
can_view_pool: Predicate = is_public_pool | belongs_to_keeper | is_platform_master
can_edit_pool: Predicate = owns_keeper | is_platform_master

can_view_offer: Predicate = is_listed | is_on_licensor_side | is_platform_master | has_asked
can_manage_offer: Predicate = is_licensor | is_platform_master
can_read_terms: Predicate = is_on_licensor_side | is_platform_master | (can_view_offer & has_consented)
can_consent_to_secrecy: Predicate = has_verified_email & can_view_offer & ~is_on_licensor_side
can_request_licence: Predicate = has_verified_email & is_listed & ~is_on_licensor_side

can_view_request: Predicate = is_on_licensee_side | of_offer(is_on_licensor_side) | is_platform_master
can_answer_request: Predicate = of_offer(is_licensor)
can_pursue_request: Predicate = is_licensee & ~of_offer(is_on_licensor_side)
can_talk_in_request: Predicate = is_on_licensee_side | of_offer(is_on_licensor_side)
