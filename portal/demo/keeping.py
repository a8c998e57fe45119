"""The searches that people keep."""

from __future__ import annotations

from functools import partial

from search.saved.actions import save_search

from .script import Script

KEPT = (
    ("anke", "Seals and insulation", "q=seal+insulation&kind=patent", "weekly"),
    ("grace", "Challenges about sensors", "q=sensor&kind=challenge&state=open", "daily"),
    ("sofia", "Prizes from 10,000", "kind=challenge&state=open&reward_from=10000", "at_once"),
)


def write(script: Script) -> None:
    """Three people keep a search each."""
    for number, (who, name, query, alert) in enumerate(KEPT):
        script.on(-5 + number, partial(_keep, script, who, name, query, alert))


def _keep(script: Script, who: str, name: str, query: str, alert: str) -> None:
    save_search(query, name, alert, actor=script.made[who])
