"""Saying something, and what can be done with what was said: by plain pages and forms, without a socket."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.kernel.errors import Refused
from portal.live import limits

from .. import actions, rules
from ..forms import MessageForm, MessageTextForm
from ..models import Room
from ..panels import panel
from .gate import message_for, person, room_for, status_of, warn_of_unseeing, window_for


@require_safe
def message_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """A piece of the room's history as a fragment: ``?before=`` or ``?after=`` a number."""
    room = room_for(request, public_id)
    context = {"panel": panel(room, request.user, window_for(request, room))}
    return render(request, "discussions/_messages.html", context)


@login_required
@require_POST
def message_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say something; the plain page's way, and the socket's when it cannot be had."""
    room = room_for(request, public_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        raise Refused(next(iter(form.errors.values()))[0], code="bad_message", field="text")  # type: ignore[arg-type]
    said = {"text": form.cleaned_data["text"], "client_id": form.cleaned_data["client_id"]}
    said["reply_to"] = form.cleaned_data["reply_to"]
    try:
        _not_too_fast(request, room)
        message = actions.post_message(room, author=person(request), **said)
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return render(request, "discussions/message_unsent.html", {"form": form, "room": room}, status=refusal.status)
    warn_of_unseeing(request, message)
    return redirect(message)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_edit(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Put one's own message in other words."""
    message = message_for(request, public_id, seq, rules.can_edit_message)
    form = MessageTextForm(request.POST or None, initial={"text": message.text})
    if form.is_valid():
        actions.edit_message(message, actor=person(request), text=form.cleaned_data["text"])
        return redirect(message)
    context = {"form": form, "message": message, "room": message.room}
    return render(request, "discussions/message_edit.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def message_remove(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Take a message back, after asking once."""
    message = message_for(request, public_id, seq, rules.can_remove_message)
    if request.method == "POST":
        actions.remove_message(message, actor=person(request))
        messages.success(request, _("The message is removed."))
        return redirect(message)
    return render(request, "discussions/message_remove.html", {"message": message, "room": message.room})


def _not_too_fast(request: HttpRequest, room: Room) -> None:
    if not limits.MESSAGES.allows(f"user:{person(request).pk} {room.topic}"):
        raise Refused(_("That was a lot at once. Please wait a moment."), code="too_fast")
