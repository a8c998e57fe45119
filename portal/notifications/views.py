"""The inbox, the choice of how one is told, and the kept mail of an installation without a mail server."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.requests import SignedInRequest
from portal.accounts.vicinity import shows_workings
from portal.kernel.access import fetch
from portal.kernel.errors import Missing
from portal.kernel.paging import page

from . import actions, queries
from .categories import label_of
from .choices import choices_of
from .enums import Rhythm
from .forms import PreferencesForm
from .models import Notification, QuietHours, SentMail
from .queries import news_for
from .rules import is_reader
from .stopping import understood


@login_required
def list_notifications(request: SignedInRequest) -> HttpResponse:
    """One's news, the newest first; ``?aside=yes``: what was put aside."""
    mine = Notification.objects.visible_to(request.user).select_related("user")
    aside = request.GET.get("aside") == "yes"
    found = page(mine.filter(dismissed_at__isnull=False) if aside else mine.listed(), request)
    context = {"page": found, "news": news_for(found.items), "aside": aside}
    return render(request, "notifications/list_notifications.html", context)


@login_required
@require_POST
def open_notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Mark one, and what is shown as one with it, as read, and go to what it is about."""
    notification = fetch(Notification, request.user, is_reader, public_id=public_id)
    actions.mark_group_read(notification)
    actions.mark_read(notification)
    return redirect(notification.url)


@login_required
@require_POST
def read_notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Mark one, and what is shown as one with it, as read, and stay."""
    actions.mark_group_read(fetch(Notification, request.user, is_reader, public_id=public_id))
    return redirect("notifications:inbox")


@login_required
@require_POST
def dismiss_notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put one aside, or all that is shown as one with it."""
    notification = fetch(Notification, request.user, is_reader, public_id=public_id)
    actions.put_aside(notification, group=not notification.read_at and bool(notification.thread))
    messages.success(request, _("Put aside. You find it under “Put aside”, and can put it back there."))
    return redirect("notifications:inbox")


@login_required
@require_POST
def restore_notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put one back."""
    actions.put_back(fetch(Notification, request.user, is_reader, public_id=public_id))
    return redirect("notifications:inbox")


@login_required
@require_POST
def mark_all_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_all_read(actor=request.user)
    return redirect("notifications:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_preferences(request: SignedInRequest) -> HttpResponse:
    """How each category of news reaches one, quiet hours, and what is muted."""
    chosen, quiet = choices_of(request.user), QuietHours.objects.filter(user=request.user).first()
    form = PreferencesForm(chosen, quiet, request.POST if request.method == "POST" else None)
    if form.is_valid():
        _keep(form, request.user)
        messages.success(request, _("Saved."))
        return redirect("notifications:preferences")
    context = {"form": form, "muted": queries.muted_by(request.user), "rhythms": Rhythm}
    return render(request, "notifications/edit_preferences.html", context, status=422 if form.is_bound else 200)


def _keep(form: PreferencesForm, user: Any) -> None:
    given = form.cleaned_data
    with transaction.atomic():
        for each in form.chosen:
            name = each.category.name
            actions.choose(name, actor=user, mail=given[f"mail-{name}"], live=given[f"live-{name}"])
        actions.keep_quiet(given["begins"], given["ends"], actor=user)


@login_required
@require_POST
def mute_thread(request: SignedInRequest) -> HttpResponse:
    """Hear no more of a thing that one sees, or hear of it again; back to where one came from."""
    thread = request.POST.get("thread", "")[:170]
    if request.POST.get("on") == "yes":
        if queries.thing_of(thread, request.user) is None:
            raise Missing
        actions.mute(thread, actor=request.user)
        messages.success(request, _("Muted: you are told no more of this."))
    else:
        actions.unmute(thread, actor=request.user)
        messages.success(request, _("You are told of this again."))
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "notifications:preferences")


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """End the mail of a category, or a digest, by its signed address alone; asks first, unless a mail program posts."""
    user, what = understood(token)
    if request.method == "POST":
        actions.stop_mail(what, actor=user)
    label = Rhythm(what).label if what in Rhythm.values else label_of(what)
    context = {"what": label, "is_digest": what in Rhythm.values, "done": request.method == "POST"}
    return render(request, "notifications/stop_mail.html", context)


@never_cache
def list_sent_mail(request: HttpRequest) -> HttpResponse:
    """The mail this installation kept; in embedded mode from this machine only, absent otherwise."""
    _workings_only(request)
    return render(request, "notifications/list_sent_mail.html", {"mails": page(SentMail.objects.all(), request)})


@never_cache
def view_sent_mail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One kept mail, its links ready to follow."""
    _workings_only(request)
    mail = fetch(SentMail, request.user, lambda _user, _mail: True, public_id=public_id)
    return render(request, "notifications/view_sent_mail.html", {"mail": mail})


def _workings_only(request: HttpRequest) -> None:
    if not shows_workings(request):
        raise Missing
