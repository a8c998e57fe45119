"""The facets by which results are narrowed: their names for people, and the names of their values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from challenges.enums import ChallengeKind, ChallengeState, SubmissionState, TechnologyField
from patents.enums import LegalStatus, LicenceModel, OfferState, RequestState
from portal.accounts.enums import Industry, OrganisationKind, OrganisationState
from portal.incubation.enums import Stage, VentureState
from portal.kernel import kinds
from search.documents import documents_of
from search.documents.base import field_names
from search.requests import MOST_VALUES, Facet, FacetValue, SearchRequest

Label = str | Promise
Naming = Callable[[str], Label]

OFFICES: dict[str, Label] = {
    "EP": _("European Patent Office"),
    "WO": _("International (PCT)"),
    "EA": _("Eurasian Patent Organization"),
    "AP": _("ARIPO"),
    "OA": _("OAPI"),
}

STATES: dict[str, type[TextChoices]] = {
    "challenge": ChallengeState,
    "submission": SubmissionState,
    "licence_offer": OfferState,
    "licence_request": RequestState,
    "organisation": OrganisationState,
    "venture": VentureState,
}


@dataclass(frozen=True)
class Definition:
    """A facet: its name, and how its values are called. ``everywhere``: offered also before a kind is chosen."""

    name: str
    label: Label
    naming: Naming = str
    everywhere: bool = False


def _choices(choices: type[TextChoices]) -> Naming:
    labels = dict(choices.choices)
    return lambda value: labels.get(value, value)


def kind_label(kind: str) -> Label:
    """What a kind is called."""
    known = kinds.find(kind)
    return known.label if known else kind


@lru_cache(maxsize=1_000)
def language_label(code: str) -> str:
    """A language in its own name."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def country_label(code: str) -> str:
    """A country's name; what cannot be a code is its own name."""
    return _country_name(code, get_language() or "")


@lru_cache(maxsize=2_000)
def _country_name(code: str, language: str) -> str:
    return (str(countries.name(code)) if code.isascii() else "") or code  # "²4" is a number to it and to nobody else


def office_label(code: str) -> Label:
    """The patent office of a country or region."""
    return OFFICES.get(code) or country_label(code)


def trl_label(level: str) -> Label:
    """A level of technology readiness."""
    return _("Level %(level)s") % {"level": level}


def state_label(value: str, kind: str) -> Label:
    """A state of objects of this kind."""
    return _choices(STATES[kind])(value) if kind in STATES else value


DEFINITIONS: Mapping[str, Definition] = {
    definition.name: definition
    for definition in (
        Definition("kind", _("Kind"), kind_label, everywhere=True),
        Definition("state", _("State")),
        Definition("challenge_kind", _("Kind of challenge"), _choices(ChallengeKind)),
        Definition("stage", _("Stage"), _choices(Stage)),
        Definition("legal_status", _("Legal status"), _choices(LegalStatus)),
        Definition("licence_model", _("Kind of licence"), _choices(LicenceModel)),
        Definition("organisation_kind", _("Kind of organisation"), _choices(OrganisationKind)),
        Definition("industry", _("Industry"), _choices(Industry), everywhere=True),
        Definition("technology_field", _("Technology field"), _choices(TechnologyField)),
        Definition("trl", _("Technology readiness sought"), trl_label),
        Definition("currency", _("Currency")),
        Definition("office", _("Office"), office_label),
        Definition("country", _("Country"), country_label, everywhere=True),
        Definition("year", _("Year")),
        Definition("organisation", _("Organisation")),
        Definition("applicant", _("Applicant")),
        Definition("subject", _("Class")),
        Definition("skill", _("Skill")),
        Definition("language", _("Language"), language_label, everywhere=True),
    )
}


def value_label(facet: str, value: str) -> str:
    """A value of a facet, for people. Each is worked out once in each language: a page shows a hundred of them."""
    naming = DEFINITIONS[facet].naming
    return value if naming is str else _value_label(facet, value, get_language() or "")


@lru_cache(maxsize=5_000)
def _value_label(facet: str, value: str, language: str) -> str:
    return str(DEFINITIONS[facet].naming(value))


def offered(request: SearchRequest) -> list[Definition]:
    """The facets that make sense for what was asked: the general ones, or those of the one kind chosen."""
    if len(request.kinds) != 1:
        return [definition for definition in DEFINITIONS.values() if definition.everywhere]
    fields = set(field_names(documents_of(request.kinds[0])[0]))  # type: ignore[arg-type]
    return [definition for name, definition in DEFINITIONS.items() if name in fields]


def shown(request: SearchRequest) -> dict[str, Definition]:
    """The facets offered and those that narrow the results now, by name."""
    definitions = {definition.name: definition for definition in offered(request)}
    return definitions | {name: DEFINITIONS[name] for name, _chosen in request.filters}


def facets(request: SearchRequest, counts: Mapping[str, Mapping[str, int]]) -> tuple[Facet, ...]:
    """The facets to show with these counts; one with nothing to choose from is left out."""
    built = (_facet(definition, counts.get(name, {}), request) for name, definition in shown(request).items())
    return tuple(facet for facet in built if facet.values)


def _facet(definition: Definition, counts: Mapping[str, int], request: SearchRequest) -> Facet:
    chosen = request.kinds if definition.name == "kind" else request.chosen(definition.name)
    frequent = sorted(counts, key=lambda value: (-counts[value], value))
    values = dict.fromkeys([*chosen, *frequent[:MOST_VALUES]])
    kind = request.kinds[0] if request.kinds else ""
    built = (FacetValue(v, _label(definition.name, v, kind), counts.get(v, 0), v in chosen) for v in values)
    ordered = sorted(built, key=lambda value: (-value.count, value.label))
    return Facet(definition.name, str(definition.label), tuple(ordered))


def _label(facet: str, value: str, kind: str) -> str:
    return str(state_label(value, kind)) if facet == "state" and kind else value_label(facet, value)
