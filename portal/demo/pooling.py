"""The patents, their pools, the licences on offer and who asked for one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from djmoney.money import Money

from patents import numbers
from patents.actions import offers, patents, pools, requests
from patents.enums import LegalStatus, PartyRole
from patents.importing.records import PatentRecord
from patents.models import LicenceRequest, Patent

from . import reading
from .script import Script

SOURCE = "nasa-patent-portfolio"
BEGAN = -400.0
LATEST = -60.0

POOLS = {
    "heat-and-insulation": ("Heat and insulation", ("insulation", "aerogel", "thermal", "refrigeration", "heat")),
    "robots-that-feel": ("Robots that feel", ("robot", "tendon", "humanoid", "actuator")),
    "watching-structures": ("Watching structures", ("strain", "shape-sensing", "vibration", "cable", "leak")),
}
OFFERS = (
    ("8119238", "non_exclusive", "Wire insulation that heals its own cuts", "18000"),
    ("7790787", "non_exclusive", "Aerogel in polymer for thin cold boxes", "12000"),
    ("8290006", "exclusive", "Laser spot that changes size while it works", "45000"),
    ("8393523", "sole", "Ultrasonic stir welding in pulses", "60000"),
    ("8490463", "non_exclusive", "A crimp tool that knows a bad crimp", "9000"),
    ("8448498", "non_exclusive", "Leak detection for hermetic seals", "15000"),
    ("8561829", "exclusive", "Composite tank with crack arresters", "70000"),
    ("8291788", "non_exclusive", "Series elastic joint for safe robots", "20000"),
    ("8658004", "non_exclusive", "Vacuum isolation without vapour", "8000"),
    ("8388613", "exclusive", "Closing wounds by microwave", "90000"),
)


def write(script: Script) -> None:
    """The patents over a year, then pools, offers and requests."""
    lines = reading.patents()
    for place, line in enumerate(lines):
        script.on(BEGAN + (LATEST - BEGAN) * place / len(lines), partial(_add, script, line))
    for number, (slug, (name, words)) in enumerate(POOLS.items()):
        script.on(-55 + number, partial(_pool, script, slug, name, words))
    for number, offer in enumerate(OFFERS):
        script.on(-40 + number, partial(_offer, script, *offer))
    script.on(-26, partial(_ask, script, "8119238", "anke", "nordlicht", "Harnesses of washing machines."))
    script.on(-20, partial(_propose, script, "8119238", "1.5 % of the harness price, at least € 18,000 a year.", "1.5"))
    script.on(-18, partial(_agree, script, "8119238", "anke"))
    script.on(-12, partial(_ask, script, "7790787", "jonas", "nordlicht-cold", "Walls of the five-day vaccine box."))
    script.on(-9, partial(_propose, script, "7790787", "€ 12,000 once, non-exclusive, medical cold boxes.", "0"))
    script.on(-8, partial(_ask, script, "8490463", "imogen", "meridian", "Checking crimps in our depots."))
    script.on(-7, partial(_review, script, "8490463"))
    script.on(-3, partial(_ask, script, "8448498", "niamh", "kestrel", "Testing pump cassettes in production."))
    script.on(-6, partial(_ask, script, "8290006", "artyom", "", "Surface preparation before bonding."))
    script.on(-5, partial(_decline, script, "8290006", "An exclusive licence is being negotiated."))


def _add(script: Script, line: list[str]) -> None:
    number, docket, title, centre, category, expiry, about = line
    ends = date.fromisoformat(expiry)
    record = PatentRecord(
        number=numbers.parse(number),
        source=SOURCE,
        source_licence="US public domain (bibliographic facts)",
        title=title,
        abstract=about,
        language="en",
        legal_status=LegalStatus.GRANTED if ends > script.today.date() else LegalStatus.EXPIRED,
        status_source=SOURCE,
        expiry_date=ends,
        application_number=docket,
        parties=((PartyRole.APPLICANT, f"NASA {centre}"),),
    )
    patent = patents.add_patent(record, actor=script.made["grace"], owner=script.made["transfer"])
    script.made[number] = patent
    script.made.setdefault("categories", {}).setdefault(category, []).append(patent)


def _pool(script: Script, slug: str, name: str, words: tuple[str, ...]) -> None:
    pool = pools.found_pool(
        actor=script.made["grace"],
        slug=slug,
        name=name,
        summary="Patents that are licensed together, on one set of terms.",
        organisation=script.made["transfer"],
    )
    for patent in Patent.objects.filter(source=SOURCE):
        if any(word in patent.title.lower() for word in words):
            pools.add_to_pool(pool, patent, actor=script.made["grace"])


def _offer(script: Script, number: str, model: str, headline: str, price: str) -> None:
    facts = offers.OfferFacts(
        model=model,
        headline=headline,
        field_of_use="All but space flight",
        territory="Worldwide",
        terms="Annual minimum, reports each quarter, right of audit; improvements stay with who makes them.",
        price=Money(price, "USD"),
    )
    patent = Patent.objects.get(pk=script.made[f"US{number}"].pk)
    offer = offers.draft_licence_offer(patent, facts, actor=script.made["grace"])
    script.made[f"offer/{number}"] = offers.list_licence_offer(offer, actor=script.made["grace"])


def _ask(script: Script, number: str, person: str, organisation: str, purpose: str) -> None:
    script.made[f"request/{number}"] = requests.send_licence_request(
        script.made[f"offer/{number}"],
        actor=script.made[person],
        purpose=purpose,
        organisation=script.made[organisation] if organisation else None,
    )


def _request(script: Script, number: str) -> LicenceRequest:
    return LicenceRequest.objects.get(pk=script.made[f"request/{number}"].pk)


def _review(script: Script, number: str) -> None:
    requests.review_licence_request(_request(script, number), actor=script.made["grace"])


def _propose(script: Script, number: str, text: str, royalty: str) -> None:
    terms = requests.Terms(text, royalty_percent=Decimal(royalty) or None)
    requests.propose_terms(_request(script, number), terms, actor=script.made["grace"])


def _agree(script: Script, number: str, person: str) -> None:
    requests.agree_to_terms(_request(script, number), actor=script.made[person], sequence=1)


def _decline(script: Script, number: str, reason: str) -> None:
    requests.decline_licence_request(_request(script, number), actor=script.made["grace"], reason=reason)
