"""What people do with messages beside talking: react, pin, follow a thread, look at what stood there before."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.kernel.errors import Refused
from portal.live import limits

from .. import actions, calling, queries, rules
from ..forms import ReactionForm
from ..panels import panel
from ..queries import Window
from .gate import message_for, person, room_for


@login_required
@require_POST
def message_react(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Put a sign on a message, or take it off."""
    message = message_for(request, public_id, seq, rules.can_react)
    if not limits.MESSAGES.allows(f"user:{person(request).pk} signs in {message.room.topic}"):
        raise Refused(_("That was a lot at once. Please wait a moment."), code="too_fast")
    form = ReactionForm(request.POST)
    sign = form.cleaned_data["sign"] if form.is_valid() else request.POST.get("sign", "")
    actions.react(message, actor=person(request), sign=sign, on=bool(form.cleaned_data.get("on")))
    return _answered(request, message)


@login_required
@require_POST
def message_pin(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """Keep a message at the head of its room, or no longer."""
    message = message_for(request, public_id, seq, rules.can_pin_message)
    actions.pin(message, actor=person(request), on=request.POST.get("on") == "yes")
    return _answered(request, message)


@require_safe
def message_detail(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """One message, and all that the viewer may do with it; scripts take the second alone, as a menu."""
    message = message_for(request, public_id, seq, rules.can_view_message)
    room = message.room
    shown = panel(room, request.user, Window(queries.marked([message]), earlier=False, later=False))
    context = {"room": room, "message": shown.messages[0], "panel": shown}
    return render(request, f"discussions/{'_message_menu' if _is_script(request) else 'message_detail'}.html", context)


@require_safe
def message_thread(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """A message with what it was answered."""
    message = message_for(request, public_id, seq, rules.can_view_message)
    found = queries.thread(message.reply_to or message)
    room, root = message.room, found[0]
    context = {
        "room": room,
        "root": root,
        "panel": panel(room, request.user, Window(found, earlier=False, later=False), root),
    }
    return render(request, "discussions/message_thread.html", context)


@require_safe
def message_history(request: HttpRequest, public_id: str, seq: int) -> HttpResponse:
    """What a message said before it was put in other words."""
    message = message_for(request, public_id, seq, rules.can_read_words)
    context = {"room": message.room, "message": message, "texts": message.earlier_texts.all()[:100]}
    return render(request, "discussions/message_history.html", context)


@login_required
@require_safe
def people_list(request: HttpRequest, public_id: str) -> JsonResponse:
    """Who may be called by a name that begins so, as one types."""
    room = room_for(request, public_id)
    found = calling.offered(room, person(request), request.GET.get("q", "")[:60])
    people = [{"name": str(each.person), "written": each.written, "sees": each.sees} for each in found]
    return JsonResponse({"people": people})


def _answered(request: HttpRequest, message: object) -> HttpResponse:
    """Scripts need no page: the change comes to them by the socket."""
    return HttpResponse(status=204) if _is_script(request) else redirect(message)  # type: ignore[call-overload]


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
