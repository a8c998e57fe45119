"""The answers: drafted, filed, reviewed, decided and awarded, each as far as its row says."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.actions import awarding, deciding, filing, registering, reviewing, submitting
from challenges.enums import PendingDecision, Recommendation
from challenges.models import Award, ReviewAssignment, Submission
from challenges.queries.awards import rewards_left
from challenges.queries.rubrics import rubric_of

from . import reading
from .script import Script
from .seeking import current, owner_of

STEPS: dict[str, tuple[str, ...]] = {
    "screening": ("screen",),
    "more_info": ("screen", "ask_more"),
    "eligible": ("screen", "accept_eligible"),
    "ineligible": ("screen", "refuse_eligible"),
    "in_evaluation": ("screen", "accept_eligible", "evaluate"),
    "shortlisted": ("screen", "accept_eligible", "evaluate", "shortlist"),
    "disqualified": ("screen", "disqualify"),
}
WITH_REASON = ("ask_more", "refuse_eligible", "disqualify")
FINAL = {"awarded": PendingDecision.SELECT, "selected": PendingDecision.SELECT, "not_selected": PendingDecision.DECLINE}
AWARD_STEPS = ("accepted", "verified", "contracted", "in_payment", "settled")
AWARD_MOVES = ("accept", "verify", "contract", "pay", "settle")
COMMENTS = (
    (8.0, "Convincing: what is claimed is shown, and the risks are named by the solver.", Recommendation.SELECT),
    (6.5, "Good work with an open question or two; worth a second look.", Recommendation.SHORTLIST),
    (0.0, "The idea is honest, but the decisive figure is missing.", Recommendation.DECLINE),
)


def write(script: Script) -> None:
    """The way of each submission."""
    challenges = {row["key"]: row for row in reading.challenges()}
    for row in reading.rows("submissions", "submission"):
        _write(script, row, challenges[row["challenge"]])


def _write(script: Script, row: dict[str, Any], challenge: dict[str, Any]) -> None:
    closes = float(challenge["closes"])
    filed = float(row.get("filed", max(float(challenge["opens"]) + 2, -4)))
    script.on(filed - 1.5, partial(_register, script, row))
    script.on(filed - 1, partial(_draft, script, row))
    if row["reaches"] == "draft":
        return
    script.on(filed, partial(_file, script, row))
    if row["reaches"] == "withdrawn":
        script.on(filed + 2, partial(_withdraw, script, row))
    for number, step in enumerate(STEPS.get(row["reaches"], ())):
        script.on(closes + 1.1 + number / 10, partial(_step, script, row, challenge, step))
    if row["reaches"] in FINAL:
        script.on(closes + 1.2, partial(_evaluate, script, row, challenge))
    for reviewer, scores in row.get("scores", {}).items():
        script.on(closes + 1.6, partial(_review, script, row, challenge, reviewer, scores))
    if row["reaches"] in FINAL:
        script.on(closes + 12, partial(_decide, script, row, challenge, FINAL[row["reaches"]]))
    if row.get("pending"):
        script.on(closes + 1.9, partial(_decide, script, row, challenge, row["pending"]))
    if row["reaches"] == "awarded":
        _award(script, row, challenge, closes + 15)


def _award(script: Script, row: dict[str, Any], challenge: dict[str, Any], day: float) -> None:
    script.on(day, partial(_give, script, row, challenge))
    for number in range(AWARD_STEPS.index(row["award"]) + 1):
        script.on(day + 2 + number, partial(_move_award, script, row, challenge, AWARD_MOVES[number]))


def _name(row: dict[str, Any]) -> str:
    return f"{row['challenge']}/{row['by']}"


def submission_of(script: Script, row: dict[str, Any]) -> Submission:
    """The submission of ``row`` as it now is."""
    return Submission.objects.select_related("challenge__organisation", "team").get(pk=script.made[_name(row)].pk)


def _register(script: Script, row: dict[str, Any]) -> None:
    challenge = current(script, row["challenge"])
    terms = registering.current_terms(challenge)
    registering.register_for(challenge, actor=script.made[row["by"]], accept_terms=terms.sha256 if terms else "")


def _draft(script: Script, row: dict[str, Any]) -> None:
    texts = submitting.Texts(row["title"], row["abstract"], row["body"].strip())
    actor = script.made[row["by"]]
    submission = submitting.draft_submission(current(script, row["challenge"]), texts, actor=actor)
    script.made[_name(row)] = submission
    table = "quantity,value,unit\nmeasured runs,12,\nspread,4.1,%\n"
    sheet = SimpleUploadedFile("measurements.csv", table.encode(), content_type="text/csv")
    submitting.attach_file(submission, sheet, actor=actor)


def _file(script: Script, row: dict[str, Any]) -> None:
    filing.file_submission(submission_of(script, row), actor=script.made[row["by"]])


def _withdraw(script: Script, row: dict[str, Any]) -> None:
    filing.withdraw_submission(submission_of(script, row), actor=script.made[row["by"]])


def _step(script: Script, row: dict[str, Any], challenge: dict[str, Any], step: str) -> None:
    reason = row.get("reason", "") if step in WITH_REASON else ""
    deciding.move_submission(submission_of(script, row), step, actor=owner_of(script, challenge), reason=reason)


def _evaluate(script: Script, row: dict[str, Any], challenge: dict[str, Any]) -> None:
    deciding.take_into_evaluation(submission_of(script, row), actor=owner_of(script, challenge))


def _review(script: Script, row: dict[str, Any], challenge: dict[str, Any], reviewer: str, scores: list[int]) -> None:
    submission, person = submission_of(script, row), script.made[reviewer]
    assignment = reviewing.invite_reviewer(submission, person, actor=owner_of(script, challenge))
    if assignment.state == "invited":
        assignment = reviewing.accept_assignment(assignment, actor=person)
    criteria = rubric_of(submission)
    given = {criterion.pk: scores[place % len(scores)] for place, criterion in enumerate(criteria)}
    mean = sum(given.values()) / len(given)
    comment, recommendation = next((words, advice) for least, words, advice in COMMENTS if mean >= least)
    judgement = reviewing.Judgement(given, comment, recommendation)
    reviewing.submit_review(ReviewAssignment.objects.get(pk=assignment.pk), judgement, actor=person)


def _decide(script: Script, row: dict[str, Any], challenge: dict[str, Any], decision: str) -> None:
    deciding.decide_quietly(
        submission_of(script, row), decision, actor=owner_of(script, challenge), feedback=row.get("feedback")
    )


def _give(script: Script, row: dict[str, Any], challenge: dict[str, Any]) -> None:
    reward = rewards_left(current(script, row["challenge"])).first()
    awarding.award_submission(
        submission_of(script, row), actor=owner_of(script, challenge), reward=reward, citation=row["citation"]
    )


def _move_award(script: Script, row: dict[str, Any], challenge: dict[str, Any], name: str) -> None:
    award = Award.objects.select_related("submission__team", "challenge").get(submission=script.made[_name(row)])
    actors = {"accept": row["by"], "verify": "mara", "settle": "mara"}
    actor = script.made[actors[name]] if name in actors else owner_of(script, challenge)
    awarding.move_award(award, name, actor=actor)
