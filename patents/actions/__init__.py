"""What can be done with patents, pools, offers and requests: the same from page, API, shell and admin."""

from .offers import (
    OfferFacts,
    accept_secrecy,
    draft_licence_offer,
    edit_licence_offer,
    list_licence_offer,
    pause_licence_offer,
    withdraw_licence_offer,
)
from .patents import add_patent, edit_patent, hand_over_patent, open_patent_room, version_of
from .pools import add_to_pool, edit_pool, found_pool, remove_from_pool
from .requests import (
    Terms,
    agree_to_terms,
    counter_terms,
    decline_licence_request,
    propose_terms,
    review_licence_request,
    send_licence_request,
)
from .upkeep import expire_patents, pause_unfounded_offers

__all__ = [
    "OfferFacts",
    "Terms",
    "accept_secrecy",
    "add_patent",
    "add_to_pool",
    "agree_to_terms",
    "counter_terms",
    "decline_licence_request",
    "draft_licence_offer",
    "edit_licence_offer",
    "edit_patent",
    "edit_pool",
    "expire_patents",
    "found_pool",
    "hand_over_patent",
    "list_licence_offer",
    "open_patent_room",
    "pause_licence_offer",
    "pause_unfounded_offers",
    "propose_terms",
    "remove_from_pool",
    "review_licence_request",
    "send_licence_request",
    "version_of",
    "withdraw_licence_offer",
]
