"""Moving a challenge along its workflow: buttons, questions asked first, and the doing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal.kernel.access import fetch
from portal.kernel.errors import Missing, Refused
from portal.kernel.workflow import Transition

from .. import rules
from ..actions.moving import move_challenge
from ..forms.listing import MoveReasonForm
from ..models import Challenge
from ..workflow import CHALLENGE

QUESTIONS: dict[str, str | Promise] = {
    "submit_for_review": _("Send the challenge to the platform master?"),
    "request_changes": _("Which changes do you ask for? The seeker reads this."),
    "approve": _("Let this challenge go public?"),
    "announce": _("Show the challenge to everybody ahead of its opening?"),
    "publish": _("Open the challenge now? Its terms are frozen from then on."),
    "close": _("Close before the deadline? Nothing more can be filed."),
    "evaluate": _("Begin the evaluation?"),
    "decide": _("Release the decision? All teams are told at once."),
    "complete": _("Is nothing more owed on either side?"),
    "cancel": _("Why is it cancelled? Everybody who takes part reads this."),
    "archive": _("Put the challenge away?"),
}
KINDS = {"primary": "primary", "danger": "danger"}


@dataclass(frozen=True)
class Button:
    """A transition as the page offers it: a question first, and a reason where one is needed."""

    name: str
    label: str | Promise
    kind: str
    question: str | Promise
    needs_reason: bool
    url: str


def buttons(challenge: Challenge, moves: Iterable[Transition]) -> list[Button]:
    """What the viewer can do with the challenge now."""
    return [_button(challenge, move) for move in moves]


def _button(challenge: Challenge, move: Transition) -> Button:
    url = reverse("challenges:challenge-move", args=[challenge.slug, move.name])
    kind = KINDS.get(move.tone, "")
    return Button(move.name, move.label, kind, QUESTIONS[move.name], move.needs_reason, url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_move(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Ask before a transition, then do it."""
    challenge = fetch(Challenge, request.user, rules.can_view_challenge, slug=slug)
    if request.method != "POST":
        return _ask(request, challenge, name, MoveReasonForm())
    form = MoveReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        moved = move_challenge(challenge, name, actor=request.user, reason=reason)
    except Refused as refusal:
        form.add_error("reason" if refusal.field == "reason" else None, str(refusal))
        return _ask(request, challenge, name, form, status=refusal.status)
    messages.success(request, _("“%(title)s” is now: %(state)s") % _words(moved))
    return redirect(_page_after(moved, request))


def _ask(
    request: HttpRequest, challenge: Challenge, name: str, form: MoveReasonForm, status: int = 200
) -> HttpResponse:
    move = CHALLENGE.named(name)[0]
    if not move.rule(request.user, challenge):
        raise Missing
    context = {"challenge": challenge, "button": _button(challenge, move), "form": form}
    return render(request, "challenges/challenge_move.html", context, status=status)


def _words(challenge: Challenge) -> dict[str, str]:
    return {"title": challenge.title, "state": challenge.get_state_display()}


def _page_after(challenge: Challenge, request: HttpRequest) -> str:
    """The page of the challenge, while the person may still see it."""
    visible = rules.can_view_challenge(request.user, challenge)
    return challenge.get_absolute_url() if visible else reverse("challenges:challenge-list")
