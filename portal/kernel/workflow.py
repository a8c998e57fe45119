"""The workflow engine: every state change of every object goes through ``Workflow.perform``.

What may follow what is a table of ``Transition`` rows. Performing one is: lock the row → state → rule → guard →
write → audit → signal, in one transaction. The state is written by compare-and-set, so that of two people
deciding at once one wins and the other is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Final, TypeVar

import rules
from django.db import transaction
from django.db.models import Model
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import audit
from .access import Rule
from .errors import Missing, Refused, WrongState
from .signals import transitioned

M = TypeVar("M", bound=Model)


class Clock:
    """The actor of what happens by time alone. It is nobody: no id, no name, never signed in."""

    pk: Final = None
    is_authenticated: Final = False
    is_active: Final = False

    def __str__(self) -> str:
        return "clock"


CLOCK: Final = Clock()


@rules.predicate
def is_clock(actor: Any, obj: Any = None) -> bool:
    """The actor is time itself."""
    return actor is CLOCK


@dataclass(frozen=True)
class Transition:
    """One row of a table: from which states, to which state, and who may.

    ``guard`` gets the locked object and raises ``Refused`` when a condition beyond the state does not hold.
    ``needs_reason`` refuses an empty reason. ``signal`` is sent, past tense, with ``obj`` and ``actor``.
    """

    name: str
    sources: frozenset[str]
    target: str
    rule: Rule
    label: str | Promise = ""
    needs_reason: bool = False
    guard: Callable[[Any], None] | None = None
    signal: Signal | None = None
    tone: str = "plain"

    def __init__(
        self,
        name: str,
        sources: str | Iterable[str],
        target: str,
        rule: Rule,
        *,
        label: str | Promise = "",
        needs_reason: bool = False,
        guard: Callable[[Any], None] | None = None,
        signal: Signal | None = None,
        tone: str = "plain",
    ) -> None:
        given = (sources,) if isinstance(sources, str) else sources
        values = {
            "name": name,
            "sources": frozenset(str(s) for s in given),
            "target": str(target),
            "rule": rule,
            "label": label or name.replace("_", " ").capitalize(),
            "needs_reason": needs_reason,
            "guard": guard,
            "signal": signal,
            "tone": tone,
        }
        for key, value in values.items():
            object.__setattr__(self, key, value)


@dataclass(frozen=True)
class Workflow:
    """The transitions of one kind of object, by name; ``field`` holds the state."""

    kind: str
    transitions: tuple[Transition, ...]
    field: str = "state"
    _by_name: dict[str, tuple[Transition, ...]] = dataclass_field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name: dict[str, tuple[Transition, ...]] = {}
        for row in self.transitions:
            by_name[row.name] = (*by_name.get(row.name, ()), row)
        object.__setattr__(self, "_by_name", by_name)

    def named(self, name: str) -> tuple[Transition, ...]:
        """The rows called ``name`` (several when the target depends on the source); ``Missing`` when none."""
        try:
            return self._by_name[name]
        except KeyError:
            raise Missing from None

    def available(self, obj: Model, user: Any) -> list[Transition]:
        """What ``user`` could do with ``obj`` in its present state: the buttons of its page."""
        state = getattr(obj, self.field)
        return [row for row in self.transitions if state in row.sources and row.rule(user, obj)]

    def can(self, name: str, obj: Model, user: Any) -> bool:
        """Whether ``user`` could do ``name`` with ``obj`` now."""
        return any(row.name == name for row in self.available(obj, user))

    def perform(self, obj: M, name: str, *, actor: Any, reason: str = "", **changes: Any) -> M:
        """Move ``obj`` along ``name`` and return it as it now is; ``changes`` are fields written with the state.

        Raises ``Missing`` when ``actor`` may not (and when nothing has that name), ``WrongState`` when ``obj`` is
        not where it would have to be, ``Refused`` when the guard or a missing reason stands against it. In each
        of these cases nothing has been written.
        """
        rows = self.named(name)
        with transaction.atomic():
            locked = self._lock(obj)
            old = str(getattr(locked, self.field))
            row = self._choose(rows, locked, old, actor)
            if row.needs_reason and not reason.strip():
                raise Refused(_("Please give a reason."), code="reason_missing", field="reason")
            if row.guard:
                row.guard(locked)
            self._write(locked, old, row.target, changes)
            audit.record(f"{self.kind}.{name}", locked, actor=actor, old=old, new=row.target, **_traces(reason))
            self._tell(locked, row, actor)
        _mirror(locked, obj)
        return locked

    def _lock(self, obj: M) -> M:
        try:
            return type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
        except type(obj).DoesNotExist:  # type: ignore[attr-defined]
            raise Missing from None

    def _choose(self, rows: tuple[Transition, ...], locked: Model, state: str, actor: Any) -> Transition:
        """The row that fits: first whether the actor may at all, then whether the state allows it."""
        permitted = [row for row in rows if row.rule(actor, locked)]
        if not permitted:
            raise Missing
        for row in permitted:
            if state in row.sources:
                return row
        raise WrongState(state, self.label(locked))

    def label(self, obj: Model) -> str | Promise:
        """The present state of ``obj`` in words."""
        shown = getattr(obj, f"get_{self.field}_display", None)
        return shown() if shown else str(getattr(obj, self.field))

    def _write(self, locked: Model, old: str, new: str, changes: dict[str, Any]) -> None:
        values = {self.field: new, **changes}
        if any(f.name == "updated_at" for f in locked._meta.concrete_fields):
            values.setdefault("updated_at", timezone.now())
        rows = type(locked)._default_manager.filter(pk=locked.pk, **{self.field: old})
        if rows.update(**values) != 1:
            raise WrongState(old, self.label(locked))
        for name, value in values.items():
            setattr(locked, name, value)

    def _tell(self, locked: Model, row: Transition, actor: Any) -> None:
        if row.signal:
            row.signal.send(sender=type(locked), obj=locked, actor=actor)
        transitioned.send(sender=type(locked), obj=locked, transition=row, actor=actor)


def _traces(reason: str) -> dict[str, str]:
    return {"reason_digest": audit.digest(reason)} if reason.strip() else {}


def _mirror(source: Model, target: Model) -> None:
    """Bring the caller's copy up to what was written, so that nobody goes on with a stale state."""
    if source is target:
        return
    for column in source._meta.concrete_fields:
        setattr(target, column.attname, getattr(source, column.attname))
