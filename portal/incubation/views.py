"""Pages of ventures and gate reviews."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.discussions import queries as rooms
from portal.kernel.access import fetch
from portal.kernel.errors import Refused
from portal.kernel.paging import page

from . import actions, queries, rules
from .enums import Stage, VentureState
from .forms import EvidenceForm, FindingsForm, GateDecisionForm, PersonAddForm, ReasonForm, VentureDescribeForm
from .models import GateEvidence, GateReview, Venture, VentureMember
from .rooms import AUDIENCE
from .workflow import GATE_REVIEW, STEERING, VENTURE

VENTURES = Venture.objects.select_related("organisation", "award__submission", "award__challenge")
REVIEWS = GateReview.objects.select_related("venture__organisation", "opened_by", "decided_by")


@require_safe
def venture_list(request: HttpRequest) -> HttpResponse:
    """The ventures this person may know of."""
    stage, state = request.GET.get("stage", ""), request.GET.get("state", "")
    rows = queries.listed_ventures(request.user, stage=stage, state=state if state in VentureState.values else "")
    context = {
        "page": page(rows, request),
        "stages": Stage.choices,
        "states": VentureState.choices,
        "stage": stage,
        "state": state,
    }
    return render(request, "incubation/venture_list.html", context)


@require_safe
def venture_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One venture: its way, and for those inside its people, reviews and room."""
    venture = fetch(VENTURES, request.user, rules.can_view_venture, public_id=public_id)
    reviews = list(venture.reviews.visible_to(request.user).select_related("decided_by"))
    inside = rules.can_enter_venture(request.user, venture)
    context = {
        "venture": venture,
        "inside": inside,
        "way": queries.way_of(venture, reviews),
        "reviews": reviews,
        "people": queries.people_of(venture) if inside else [],
        "room": rooms.room_of(AUDIENCE, venture) if inside else None,
        "steps": [row for row in VENTURE.available(venture, request.user) if row.name in STEERING],
        "reason_form": ReasonForm(),
        "can_edit": rules.can_edit_venture(request.user, venture),
        "can_steer": rules.can_steer_venture(request.user, venture),
        "can_open_review": _may_open_review(request.user, venture, reviews),
        "can_staff": rules.can_staff_venture(request.user, venture),
        "person_form": PersonAddForm(asker=request.user),
    }
    return render(request, "incubation/venture_detail.html", context)


def _may_open_review(user: Any, venture: Venture, reviews: list[GateReview]) -> bool:
    ready = venture.state == VentureState.ACTIVE and Stage(venture.stage).next is not None
    return ready and rules.can_open_review(user, venture) and not any(r.state == "open" for r in reviews)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def venture_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what a venture says about itself."""
    venture = fetch(VENTURES, request.user, rules.can_edit_venture, public_id=public_id)
    form = VentureDescribeForm(request.POST or None, instance=venture)
    if form.is_valid():
        actions.describe_venture(venture, actor=request.user, **form.cleaned_data)
        return redirect(venture)
    return render(request, "incubation/venture_edit.html", {"venture": venture, "form": form})


@login_required
@require_POST
def venture_show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a venture to everyone, or no longer."""
    venture = fetch(Venture, request.user, rules.can_steer_venture, public_id=public_id)
    actions.show_venture(venture, actor=request.user, is_public=request.POST.get("public") == "yes")
    return redirect(venture)


@login_required
@require_POST
def venture_steer(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Hold, resume, graduate or stop."""
    venture = fetch(Venture, request.user, rules.can_enter_venture, public_id=public_id)
    reason = request.POST.get("reason", "")
    return _done(request, venture, lambda: actions.steer_venture(venture, name, actor=request.user, reason=reason))


@login_required
@require_POST
def person_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give somebody a part."""
    venture = fetch(Venture, request.user, rules.can_staff_venture, public_id=public_id)
    form = PersonAddForm(request.POST, asker=request.user)
    if not form.is_valid():
        messages.error(request, _first_error(form))
        return redirect(venture)
    role = form.cleaned_data["role"]
    return _done(
        request, venture, lambda: actions.add_person(venture, actor=request.user, person=form.person, role=role)
    )


@login_required
@require_POST
def person_remove(request: HttpRequest, public_id: str, member: int) -> HttpResponse:
    """Take a part away."""
    venture = fetch(Venture, request.user, rules.can_staff_venture, public_id=public_id)
    part = fetch(VentureMember.objects.filter(venture=venture), request.user, _anyone, pk=member)
    return _done(request, venture, lambda: actions.remove_person(part, actor=request.user))


@login_required
@require_POST
def review_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """Call the gate-keepers."""
    venture = fetch(Venture, request.user, rules.can_open_review, public_id=public_id)
    try:
        return redirect(actions.open_review(venture, actor=request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(venture)


@login_required
@require_safe
def review_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One gate review: criteria, evidence, outcome."""
    review = fetch(REVIEWS, request.user, rules.can_view_review, public_id=public_id)
    return _review_page(request, review)


def _review_page(request: HttpRequest, review: GateReview, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "review": review,
        "venture": review.venture,
        "findings": list(review.findings.all()),
        "evidence": list(review.evidence.select_related("uploaded_by")),
        "can_bring": rules.can_bring_evidence(request.user, review),
        "can_judge": rules.can_judge_findings(request.user, review),
        "outcomes": GATE_REVIEW.available(review, request.user),
        "evidence_form": EvidenceForm(),
        "findings_form": FindingsForm(review),
        "decision_form": GateDecisionForm(),
        **forms,
    }
    return render(request, "incubation/review_detail.html", context, status=status)


@login_required
@require_POST
def evidence_bring(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lay a file before the gate-keepers."""
    review = fetch(REVIEWS, request.user, rules.can_bring_evidence, public_id=public_id)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.bring_evidence(
                review, actor=request.user, upload=form.cleaned_data["file"], shows=form.cleaned_data["shows"]
            )
            return redirect(review)
        except Refused as refusal:
            form.add_error("file", str(refusal))
    return _review_page(request, review, 400, evidence_form=form)


@login_required
@require_POST
def evidence_remove(request: HttpRequest, public_id: str, evidence: str) -> HttpResponse:
    """Take a file back."""
    review = fetch(REVIEWS, request.user, rules.can_bring_evidence, public_id=public_id)
    file = fetch(GateEvidence.objects.filter(review=review), request.user, rules.can_read_evidence, public_id=evidence)
    return _done(request, review, lambda: actions.withdraw_evidence(file, actor=request.user))


@login_required
@require_POST
def findings_judge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what is met."""
    review = fetch(REVIEWS, request.user, rules.can_judge_findings, public_id=public_id)
    form = FindingsForm(review, request.POST)
    if not form.is_valid():
        return _review_page(request, review, 400, findings_form=form)
    actions.judge_findings(review, actor=request.user, met=form.met(), notes=form.notes())
    messages.success(request, _("Your findings are kept."))
    return redirect(review)


@login_required
@require_POST
def gate_decide(request: HttpRequest, public_id: str, outcome: str) -> HttpResponse:
    """Speak at the gate."""
    review = fetch(REVIEWS, request.user, rules.can_decide_gate, public_id=public_id)
    form = GateDecisionForm(request.POST)
    if form.is_valid():
        try:
            actions.decide_gate(review, outcome, actor=request.user, **form.cleaned_data)
            return redirect(review)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field == "conditions" else "rationale", str(refusal))
            return _review_page(request, review, refusal.status, decision_form=form)
    return _review_page(request, review, 400, decision_form=form)


def _anyone(user: Any, obj: object) -> bool:
    """The object that contains it was fetched through the gate already."""
    return True


def _first_error(form: Any) -> str:
    return str(next(iter(form.errors.values()))[0])


def _done(request: HttpRequest, back_to: Any, deed: Any) -> HttpResponse:
    """Do ``deed`` and go back; a refusal is a message, not a page of its own."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back_to)
