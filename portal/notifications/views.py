"""The inbox, the choice of mail, and the kept mail of an installation without a mail server."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.requests import SignedInRequest
from portal.accounts.vicinity import shows_workings
from portal.kernel.access import fetch
from portal.kernel.errors import Missing
from portal.kernel.paging import page

from . import actions
from .categories import all_categories
from .forms import MailPreferencesForm
from .models import Notification, SentMail
from .queries import muted_by, news_for
from .rules import is_reader


@login_required
def list_notifications(request: SignedInRequest) -> HttpResponse:
    """One's news, the newest first."""
    found = page(Notification.objects.visible_to(request.user), request)
    context = {"page": found, "news": news_for(request.user, found.items)}
    return render(request, "notifications/list_notifications.html", context)


@login_required
@require_POST
def open_notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Mark one as read and go to what it is about."""
    notification = fetch(Notification, request.user, is_reader, public_id=public_id)
    actions.mark_read(notification)
    return redirect(notification.url)


@login_required
@require_POST
def mark_all_read(request: SignedInRequest) -> HttpResponse:
    """Mark everything as read."""
    actions.mark_all_read(actor=request.user)
    return redirect("notifications:inbox")


@login_required
def edit_preferences(request: SignedInRequest) -> HttpResponse:
    """Which categories come by mail."""
    wanted = {category.name for category in all_categories()} - muted_by(request.user)
    form = MailPreferencesForm(request.POST or None, initial={"categories": sorted(wanted)})
    if request.method == "POST":
        form = MailPreferencesForm(request.POST)
        if form.is_valid():
            actions.choose_mail(form.cleaned_data["categories"], actor=request.user)
            messages.success(request, _("Saved."))
            return redirect("notifications:preferences")
    return render(request, "notifications/edit_preferences.html", {"form": form})


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
