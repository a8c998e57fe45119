"""Matching demand and resource: for an object, those of other kinds that fit it, and why.

It draws on public documents only, so it tells nobody anything of what they may not see; the words that are compared are
those of the object's own document that all who may see the object may read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from challenges.enums import TAKING
from portal.kernel import kinds
from search import analysis, engines
from search.authorise import readable
from search.documents.base import Source
from search.engines.port import EngineUnavailable, FoundHit
from search.facets import DEFINITIONS, Label
from search.highlighting import Marker
from search.parsing import Clause, parse
from search.queries import hit_of, poorest_source
from search.semantic import alike
from search.semantic.stores import Near
from search.shown import ShownHit

SHOWN = 5
POOL = 40
MOST_WORDS = 6
MOST_CLAUSES = 40
SHARED = 2
"""How many of the clauses something must have to be looked at."""
FADING = 0.95
"""How much less each clause counts than the one before it; the most telling counts one."""
A_SHARED_CLASS = 0.5
WORTHWHILE = 1.4
"""What something must be worth to be shown; closeness in meaning is worth as much, or up to half as much again."""
MOST_OF_MEANING = 1.5

CLASSES = ("technology_field", "subject", "industry", "skill")
READ = ("title", "summary", "body", "context")
LONGEST_READ = 4_000


@dataclass(frozen=True)
class Wanted:
    """A kind that may fit, what its matches are called, and the states that count; empty for all."""

    kind: str
    label: Label
    states: tuple[str, ...] = ()


NEEDS = Wanted("challenge", _("Challenges it may answer"), TAKING)

WANTED: Mapping[str, tuple[Wanted, ...]] = {
    "challenge": (
        Wanted("person", _("Solvers who know about it")),
        Wanted("organisation", _("Organisations at work on it")),
        Wanted("patent", _("Patents that may help")),
        Wanted("licence_offer", _("Licences on offer")),
        Wanted("challenge", _("Similar challenges")),
    ),
    "patent": (NEEDS, Wanted("organisation", _("Organisations at work on it")), Wanted("patent", _("Similar patents"))),
    "licence_offer": (NEEDS, Wanted("licence_offer", _("Similar offers"))),
    "person": (Wanted("challenge", _("Challenges for you"), TAKING),),
    "organisation": (Wanted("challenge", _("Challenges in its field"), TAKING),),
}
"""What is matched with what."""


@dataclass(frozen=True)
class Reasons:
    """Why something fits: words of it that tell what was compared with it, and the classes and languages in common.

    ``meaning``: the two mean nearly the same, in whatever words.
    """

    words: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    meaning: bool = False


@dataclass(frozen=True)
class Match:
    """Something that fits, and why."""

    shown: ShownHit
    reasons: Reasons


@dataclass(frozen=True)
class MatchGroup:
    """The best matches of a kind."""

    kind: str
    label: Label
    matches: tuple[Match, ...]


def matches(obj: Model) -> list[MatchGroup]:
    """What fits ``obj``, the best first, kinds without a match left out; nothing while the engine is away.

    The caller has fetched ``obj`` through the gate.
    """
    source = poorest_source(obj)
    if source is None:
        return []
    engine = engines.current()
    every = WANTED.get(kinds.of(obj).name, ())
    try:
        clauses = engine.telling(source, MOST_CLAUSES)
        pools = [engine.sharing(clauses, SHARED, (wanted.kind,), POOL) for wanted in every]
        near = alike.neighbours(source["key"], [wanted.kind for wanted in every]) if every else {}
        close = alike.hits_of(engine, near)
    except EngineUnavailable:
        return []
    own = f"organisation:{getattr(obj, 'organisation_id', None)}"
    judge = Judge(source, clauses, near, frozenset({source["key"], own}))
    groups = (_group(wanted, [*pool, *close], judge) for wanted, pool in zip(every, pools, strict=True))
    return [group for group in groups if group.matches]


@dataclass(frozen=True)
class Judge:
    """Says how well a document fits the one of ``source``, and why: by its ``clauses``, and by what is ``near`` it.

    ``own`` are the keys of documents that are no match however well they fit: itself, and whose it is.
    """

    source: Source
    clauses: Sequence[Clause]
    near: Mapping[str, Near]
    own: frozenset[str]

    def worth(self, other: FoundHit) -> float:
        """The clauses and classes in common, and how close the two are in meaning."""
        meaning = min(alike.closeness(self.near.get(other.key)), MOST_OF_MEANING)
        return _worth(self.source, other.source, self.clauses) + WORTHWHILE * meaning

    def reasons(self, other: FoundHit) -> Reasons:
        """Why it fits."""
        is_close = alike.closeness(self.near.get(other.key)) > 0
        return replace(_reasons(self.source, other.source, self.clauses), meaning=is_close)


def _group(wanted: Wanted, pool: Iterable[FoundHit], judge: Judge) -> MatchGroup:
    others = {hit.key: hit for hit in pool if hit.kind == wanted.kind and hit.key not in judge.own}.values()
    fitting = (hit for hit in others if not wanted.states or hit.source.get("state") in wanted.states)
    judged = [(judge.worth(hit), hit) for hit in fitting]
    best = sorted(((worth, hit) for worth, hit in judged if worth >= WORTHWHILE), key=lambda each: -each[0])
    best_hits = [hit for _, hit in best[: SHOWN * 2]]
    rows = readable(best_hits, AnonymousUser())
    plain = Marker.of(parse(""))
    found = (
        Match(ShownHit(hit_of(hit.kind, rows[hit.kind, hit.pk], hit.source, plain)), judge.reasons(hit))
        for hit in best_hits
        if (hit.kind, hit.pk) in rows
    )
    return MatchGroup(wanted.kind, wanted.label, tuple(found)[:SHOWN])


def _worth(source: Source, other: Mapping[str, Any], clauses: Sequence[Clause]) -> float:
    """How well a document fits: the clauses it has, the more telling the more, in its title twice; shared classes."""
    body, title = _written(other, READ), _written(other, ("title",))
    words = sum(
        FADING**place * (2 if shape in title else 1)
        for place, shape in enumerate(map(_shape, clauses))
        if shape in body
    )
    classes = sum(len(_common(source.get(name), other.get(name))) for name in CLASSES)
    return words + A_SHARED_CLASS * classes


def _reasons(source: Source, other: Mapping[str, Any], clauses: Sequence[Clause]) -> Reasons:
    classes = (
        str(DEFINITIONS[name].naming(value)) for name in CLASSES for value in _common(source.get(name), other.get(name))
    )
    languages = _common(source.get("language"), other.get("language"))
    return Reasons(
        tuple(_shared_words(other, clauses))[:MOST_WORDS],
        tuple(classes),
        tuple(str(DEFINITIONS["language"].naming(code)) for code in languages),
    )


def _common(one: Any, other: Any) -> list[str]:
    """The values that both have."""
    ours, theirs = (set(value if isinstance(value, list) else [value]) - {None, ""} for value in (one, other))
    return sorted(ours & theirs)


def _shared_words(other: Mapping[str, Any], clauses: Iterable[Clause]) -> list[str]:
    """The clauses that a document has, as it writes them, the most telling first."""
    written = _written(other, READ)
    return list(dict.fromkeys(written[shape] for shape in map(_shape, clauses) if shape in written))


def _shape(clause: Clause) -> tuple[str, ...]:
    """A clause as it is compared: the stem of a word, or two Han characters."""
    return clause.words if len(clause.words) > 1 else (analysis.stem(clause.words[0]),)


def _written(document: Mapping[str, Any], fields: Sequence[str]) -> dict[tuple[str, ...], str]:
    """What these fields say: each word, and each pair of Han characters, as it is compared and as it is written."""
    text = "\n".join((document.get(name) or "")[:LONGEST_READ] for name in fields)
    written: dict[tuple[str, ...], str] = {}
    before = None
    for word in analysis.words(text):
        if analysis.is_ideograph(word.text):
            if before is not None and before.end == word.start:
                written.setdefault((before.text, word.text), text[before.start : word.end])
            before = word
        else:
            shape = (analysis.stem(analysis.exact(word.text)),)
            written.setdefault(shape, text[word.start : word.end].lower())
    return written
