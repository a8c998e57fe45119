"""What the pages read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from portal.accounts.models import User
from portal.accounts.querysets import Viewer
from portal.accounts.rules import is_person
from portal.kernel import audit

from . import rules
from .enums import LegalStatus, LicenceModel, OfferState, PartyRole
from .models import Citation, LicenceOffer, LicenceRequest, Patent, PatentParty, Pool, Proposal, TermsConsent
from .numbers import NotANumber, parse
from .querysets import LicenceOfferQuerySet, LicenceRequestQuerySet, PatentQuerySet, PoolQuerySet

MOST_RELATIVES = 20
_OFFICES = {"EP": _("European Patent Office"), "WO": _("WIPO (international)"), "EA": _("Eurasian Patent Office")}

LISTED_PARTIES = Prefetch(
    "parties",
    queryset=PatentParty.objects.filter(role__in=(PartyRole.OWNER, PartyRole.APPLICANT)),
    to_attr="listed_parties",
)


@dataclass(frozen=True)
class PatentFilter:
    """What a list of patents is narrowed by; what cannot be understood narrows nothing."""

    words: str = ""
    office: str = ""
    status: str = ""
    offered: bool = False

    @classmethod
    def of(cls, given: Any) -> PatentFilter:
        """From the query string of a request."""
        status, office = given.get("status", ""), given.get("office", "").upper()
        return cls(
            words=given.get("q", "").replace("\x00", "").strip()[:100],
            office=office if len(office) == 2 and office.isalpha() else "",
            status=status if status in LegalStatus.values else "",
            offered=given.get("offered") == "yes",
        )

    def narrow(self, patents: PatentQuerySet) -> PatentQuerySet:
        """Those of ``patents`` that it lets through."""
        if self.words:
            patents = patents.filter(_named_or_titled(self.words))
        if self.office:
            patents = patents.filter(country=self.office)
        if self.status:
            patents = patents.filter(legal_status=self.status)
        return patents.offered() if self.offered else patents


def _named_or_titled(words: str) -> Q:
    titled = Q(title__icontains=words)
    try:
        number = parse(words)
    except NotANumber:
        return titled
    return titled | Q(country=number.country, document_number=number.document)


def listed_patents(user: Viewer, wanted: PatentFilter) -> PatentQuerySet:
    """Patents as lists show them."""
    patents = wanted.narrow(Patent.objects.visible_to(user))
    return patents.light().select_related("owner").prefetch_related(LISTED_PARTIES)


def whose_terms_are_read(offers: Sequence[LicenceOffer], user: Viewer) -> set[int]:
    """The primary keys of those offers whose terms ``user`` may read. Twin of ``can_read_terms``, for many at once."""
    if not is_person(user):
        return set()
    promises = TermsConsent.objects.filter(user=user.pk, offer__in=[offer.pk for offer in offers])
    promised = set(promises.filter(offer__in=LicenceOffer.objects.visible_to(user)).values_list("offer_id", "digest"))
    within = rules.is_on_licensor_side | rules.is_platform_master
    return {offer.pk for offer in offers if within(user, offer) or (offer.pk, offer.terms_digest) in promised}


def offices() -> list[tuple[str, str | Promise]]:
    """The offices from which there are patents: code and name, by code."""
    codes = Patent.objects.order_by("country").values_list("country", flat=True).distinct()
    return [(code, office_name(code)) for code in codes]


def office_name(code: str) -> str | Promise:
    """The name of the country or organisation behind an office's code; the code where it has none."""
    return _OFFICES.get(code) or countries.name(code) or code


def patent_by_number(text: str) -> Patent | None:
    """The one patent that ``text`` can only mean: the same number in another shape, or without its kind code."""
    try:
        number = parse(text)
    except NotANumber:
        return None
    same = Patent.objects.filter(country=number.country, document_number=number.document).only("number", "kind_code")
    exact = [patent for patent in same if patent.number == str(number)]
    found = exact or ([] if number.kind else list(same))
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True)
class Cited:
    """A citation as printed, and the patent it means where the pool has it."""

    citation: Citation
    patent: Patent | None


def citations_of(patent: Patent) -> list[Cited]:
    """What ``patent`` cites, in order. A cited number finds its patent with or without the kind code."""
    citations = list(patent.citations.all())
    documents = {_document(citation.number) for citation in citations if citation.number}
    held = Patent.objects.filter(
        country__in={office for office, _document in documents},
        document_number__in={document for _office, document in documents},
    ).light()
    by_document = {(each.country, each.document_number): each for each in held.order_by("-number")}
    by_number = {each.number: each for each in held}
    return [Cited(each, by_number.get(each.number) or by_document.get(_document(each.number))) for each in citations]


def _document(number: str) -> tuple[str, str]:
    parts = [*number.split("-"), "", ""]
    return parts[0], parts[1]


def cited_by(patent: Patent) -> list[Patent]:
    """Patents of the pool that cite ``patent``."""
    base = f"{patent.country}-{patent.document_number}"
    citing = Citation.objects.filter(Q(number=patent.number) | Q(number=base)).values("patent")
    return list(Patent.objects.filter(pk__in=citing).light().order_by("-sort_date", "-id")[:MOST_RELATIVES])


def family_of(patent: Patent) -> list[Patent]:
    """Other publications of the same invention."""
    same_document = Q(country=patent.country, document_number=patent.document_number)
    same_family = Q(family_key=patent.family_key) if patent.family_key else Q()
    family = Patent.objects.filter(same_family | same_document).exclude(pk=patent.pk)
    return list(family.light().order_by("-sort_date", "-id")[:MOST_RELATIVES])


def offers_of(patent: Patent, user: Viewer) -> list[LicenceOffer]:
    """The offers on ``patent`` that ``user`` may see, the listed ones first."""
    offers = patent.offers.visible_to(user).exclude(state=OfferState.WITHDRAWN).select_related("organisation")
    return sorted(offers, key=lambda offer: (offer.state != OfferState.LISTED, -offer.pk))


def listed_offers(user: Viewer, *, model: str = "", words: str = "") -> LicenceOfferQuerySet:
    """Offers on the table, as lists show them."""
    offers = LicenceOffer.objects.visible_to(user).listed()
    if model in LicenceModel.values:
        offers = offers.filter(model=model)
    if words:
        offers = offers.filter(Q(headline__icontains=words) | Q(patent__title__icontains=words))
    return offers.select_related("patent", "organisation", "offered_by").defer("terms")


def own_offers(user: User) -> LicenceOfferQuerySet:
    """Offers that ``user`` or an organisation of theirs has made, in any state."""
    from .querysets import of_licensor

    return LicenceOffer.objects.filter(of_licensor("", user)).select_related("patent", "organisation").defer("terms")


def requests_in(user: User) -> LicenceRequestQuerySet:
    """Requests on the offers of ``user``'s side."""
    return _for_list(LicenceRequest.objects.of_licensor(user))


def requests_out(user: User) -> LicenceRequestQuerySet:
    """Requests that ``user``'s side has sent."""
    return _for_list(LicenceRequest.objects.of_licensee(user))


def requests_to_answer(user: User) -> LicenceRequestQuerySet:
    """Requests in which the next word is ``user``'s side's: what waits on their desk."""
    from .enums import RequestState

    for_licensor = Q(state__in=(RequestState.SENT, RequestState.UNDER_REVIEW, RequestState.COUNTERED))
    incoming = requests_in(user).filter(for_licensor).values("pk")
    outgoing = requests_out(user).filter(state=RequestState.TERM_SHEET).values("pk")
    return _for_list(LicenceRequest.objects.filter(Q(pk__in=incoming) | Q(pk__in=outgoing)))


def _for_list(requests: LicenceRequestQuerySet) -> LicenceRequestQuerySet:
    return requests.select_related("offer__patent", "offer__organisation", "organisation", "requester")


def listed_pools(user: Viewer) -> PoolQuerySet:
    """Pools as lists show them, with ``patent_count``."""
    pools = Pool.objects.visible_to(user).select_related("organisation")
    return pools.annotate(patent_count=Count("memberships"))


def pools_of(patent: Patent, user: Viewer) -> list[Pool]:
    """The pools ``patent`` is in, as far as ``user`` may see them."""
    return list(Pool.objects.visible_to(user).filter(memberships__patent=patent).order_by("name"))


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a request: who did what when, with the proposal that came with it."""

    action: str
    at: datetime
    by: User | None
    state: str
    proposal: Proposal | None = None

    @property
    def title(self) -> str | Promise:
        """What was done, in words."""
        return _DEEDS.get(self.action, self.action)


_DEEDS = {
    "send": _("Asked for a licence"),
    "review": _("Took the request up"),
    "propose": _("Proposed terms"),
    "counter": _("Made a counter-proposal"),
    "agree": _("Agreed to the terms"),
    "decline": _("Declined"),
}


def thread_of(request: LicenceRequest) -> list[Happening]:
    """What happened to ``request``, oldest first, from the audit, each proposal where it was made."""
    proposals = iter(request.proposals.all())
    return [
        Happening(name, event.at, event.actor, str(event.facts.get("new", "")), _carried(name, proposals))
        for event in audit.history(request)
        for name in (event.action.partition(".")[2],)
    ]


def _carried(action: str, proposals: Any) -> Proposal | None:
    return next(proposals, None) if action in ("propose", "counter") else None


def party_groups(patent: Patent) -> list[tuple[str | Promise, Sequence[PatentParty]]]:
    """Who is named on ``patent``, by role, the roles in the order in which people read them."""
    parties = list(patent.parties.all())
    order = (PartyRole.OWNER, PartyRole.APPLICANT, PartyRole.INVENTOR)
    groups = ((role.label, [party for party in parties if party.role == role]) for role in order)
    return [(label, named) for label, named in groups if named]
