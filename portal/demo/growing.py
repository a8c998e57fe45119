"""The ventures that grew out of the awards, and the gates they have passed."""

from __future__ import annotations

from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.incubation import actions
from portal.incubation.enums import GateOutcome, VentureRole
from portal.incubation.models import GateReview, Venture

from .script import Script

EVIDENCE = "run;result;limit\n1;26.8;28\n2;27.1;28\n3;26.9;28\n"

GATES: dict[str, list[tuple[float, str, str, str]]] = {
    "walker-stairs": [
        (-140, "go", "Fourteen people used it for three weeks and thirteen wanted to keep it.", ""),
        (-110, "conditional_go", "Strong; the spring is single-sourced.", "Name a second supplier before tooling."),
        (-6, "", "", ""),
    ],
    "pcm-kettle": [(-30, "go", "实测数据完整，用户需求明确。", ""), (-3, "", "", "")],
    "rail-sensor": [
        (-40, "recycle", "Show it on the second train type first.", ""),
        (-20, "go", "Shown on both types.", ""),
    ],
    "wagon-door": [(day, "go", "Показано измерением.", "") for day in (-165, -150, -130, -110, -80, -45)],
    "drum-bearing": [
        (-325, "go", "The need is plain.", ""),
        (-300, "kill", "A new bearing grease does the same for a tenth of the cost.", ""),
    ],
}
SHOWN = ("walker-stairs", "rail-sensor", "wagon-door")


def write(script: Script) -> None:
    """Reviews at their days; some ventures are shown to everyone, one has graduated."""
    for challenge, gates in GATES.items():
        for day, outcome, rationale, conditions in gates:
            script.on(day - 4, partial(_call, challenge))
            script.on(day - 2, partial(_bring, challenge))
            if outcome:
                script.on(day, partial(_decide, challenge, outcome, rationale, conditions))
    for challenge in SHOWN:
        script.on(-18, partial(_show, challenge))
    script.on(-44, partial(_mentor, script, "walker-stairs", "linnea"))
    script.on(-30, partial(_graduate, "wagon-door"))


def _venture(challenge: str) -> Venture:
    from . import reading

    title = next(row["title"] for row in reading.challenges() if row["key"] == challenge)
    return Venture.objects.select_related("organisation").get(award__challenge__title=title)


def _sponsor(venture: Venture) -> object:
    return venture.organisation.memberships.owners().first().user  # type: ignore[union-attr]


def _with(venture: Venture, role: str) -> object:
    return venture.members.filter(role=role).first().user  # type: ignore[union-attr]


def _call(challenge: str) -> None:
    venture = _venture(challenge)
    actions.open_review(venture, actor=_with(venture, VentureRole.LEAD))


def _review(venture: Venture) -> GateReview:
    return venture.reviews.select_related("venture__organisation").get(state=GateOutcome.OPEN)


def _bring(challenge: str) -> None:
    venture = _venture(challenge)
    upload = SimpleUploadedFile("test-report.csv", EVIDENCE.encode(), content_type="text/csv")
    actions.bring_evidence(
        _review(venture), actor=_with(venture, VentureRole.LEAD), upload=upload, shows="Three runs within the limit"
    )


def _decide(challenge: str, outcome: str, rationale: str, conditions: str) -> None:
    venture = _venture(challenge)
    review, keeper = _review(venture), _with(venture, VentureRole.GATE_KEEPER)
    met = {finding.pk: outcome in ("go", "conditional_go") for finding in review.findings.all()}
    actions.judge_findings(review, actor=keeper, met=met, notes={})
    actions.decide_gate(review, outcome, actor=keeper, rationale=rationale, conditions=conditions)


def _show(challenge: str) -> None:
    venture = _venture(challenge)
    actions.show_venture(venture, actor=_sponsor(venture), is_public=True)


def _mentor(script: Script, challenge: str, person: str) -> None:
    venture = _venture(challenge)
    actions.add_person(venture, actor=_sponsor(venture), person=script.made[person], role=VentureRole.MENTOR)


def _graduate(challenge: str) -> None:
    venture = _venture(challenge)
    actions.steer_venture(venture, "graduate", actor=_sponsor(venture))
