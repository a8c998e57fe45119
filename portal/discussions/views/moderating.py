"""Reporting, hiding, keeping order in a room, and one's own: whom one blocked, and appeals."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.models import User
from portal.kernel.access import fetch, require

from .. import actions, queries, rules
from ..forms import AppealForm, MessageHideForm, ReportForm, RoomPaceForm
from ..models import ModerationCase, Muting
from .gate import message_for, person, room_for, status_of

CASES = ModerationCase.objects.select_related("message__room__content_type", "message__author")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_report(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Say that a message should not stand; from here one may block its author, too."""
    message = message_for(request, public_id, seq, rules.can_report_message)
    form = ReportForm(request.POST or None)
    if form.is_valid():
        actions.report_message(message, reporter=person(request), **form.cleaned_data)
        messages.success(request, _("Thank you. A moderator looks at it, and you will be told what came of it."))
        return redirect(message)
    blocked = queries.has_blocked(person(request), message.author)
    context = {"form": form, "message": message, "room": message.room, "is_blocked": blocked}
    return render(request, "discussions/message_report.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_hide(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Hide a message as the room's moderator, with a reason."""
    message = message_for(request, public_id, seq, rules.can_hide_message)
    form = MessageHideForm(request.POST or None)
    if form.is_valid():
        given = {"rationale": form.cleaned_data["rationale"], "mute_until": form.until}
        actions.hide_message(message, actor=person(request), **given)
        messages.success(request, _("The message is hidden."))
        return redirect(message)
    context = {"form": form, "message": message, "room": message.room}
    return render(request, "discussions/message_hide.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_unhide(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Show a hidden message again, after asking once."""
    message = message_for(request, public_id, seq, rules.can_unhide_message)
    if request.method == "POST":
        actions.unhide_message(message, actor=person(request))
        messages.success(request, _("The message shows again."))
        return redirect(message)
    return render(request, "discussions/message_unhide.html", {"message": message, "room": message.room})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def room_order(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep order in a room: lock it, slow it, and see who is muted there."""
    room = room_for(request, public_id)
    require(request.user, rules.can_moderate, room)
    form = RoomPaceForm(request.POST or None, initial={"seconds": room.slow_seconds})
    if form.is_valid():
        actions.slow_room(room, actor=person(request), seconds=form.cleaned_data["seconds"])
        messages.success(request, _("Saved."))
        return redirect("discussions:room-order", room.public_id)
    context = {"form": form, "room": room, "mutings": queries.mutings_in(room)}
    return render(request, "discussions/room_order.html", context, status=status_of(form))


@login_required
@require_POST
def room_lock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let nobody but moderators write, or let people write again."""
    room = room_for(request, public_id)
    deed = actions.unlock_room if room.is_locked else actions.lock_room
    deed(room, actor=person(request))
    messages.success(request, _("The room is locked.") if room.is_locked else _("The room is open for all again."))
    return redirect("discussions:room-order", room.public_id)


@login_required
@require_POST
def muting_lift(request: HttpRequest, public_id: str, muting: int) -> HttpResponse:
    """Let somebody write again before their time."""
    key = {"pk": muting, "case__message__room__public_id": public_id}
    found = fetch(Muting.objects.select_related("room__content_type"), request.user, rules.can_lift_muting, **key)
    actions.lift_muting(found, actor=person(request))
    messages.success(request, _("They may write again."))
    return redirect("discussions:room-order", public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was decided about one's message, and the one appeal against it."""
    case = fetch(CASES, request.user, rules.can_view_case, public_id=public_id)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        actions.appeal_case(case, actor=person(request), words=form.cleaned_data["appeal"])
        messages.success(request, _("Your appeal is in. You will be told what came of it."))
        return redirect(case)
    may_appeal = case.state == "upheld" and rules.can_appeal_case(request.user, case)
    context = {"case": case, "form": form if may_appeal else None, "mutings": case.mutings.select_related("room")}
    return render(request, "discussions/case_detail.html", context, status=status_of(form))


@login_required
@require_safe
def blocked_list(request: HttpRequest) -> HttpResponse:
    """Whom one has blocked."""
    return render(request, "discussions/blocked_list.html", {"blockings": queries.blockings_of(person(request))})


@login_required
@require_POST
def person_block(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hear no more from somebody."""
    other = fetch(User, request.user, rules.can_block, public_id=public_id)
    actions.block_person(other, actor=person(request))
    messages.success(request, _("You have blocked %(person)s.") % {"person": other})
    return redirect("discussions:blocked-list")


@login_required
@require_POST
def person_unblock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hear from somebody again."""
    other = fetch(User, request.user, ~rules.is_oneself, public_id=public_id)
    actions.unblock_person(other, actor=person(request))
    messages.success(request, _("You hear from %(person)s again.") % {"person": other})
    return redirect("discussions:blocked-list")
