"""Feeds: what is open to be answered, for feed readers and calendars. Public things alone, for whoever asks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar, Event

from challenges.models import Challenge
from challenges.queries import open_challenges

MOST: Final = 100
MINUTES: Final = 5
"""How long what was fetched may be shown without asking again."""


class OpenChallengesFeed(Feed):
    """The challenges that can be answered now, the newest first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Open challenges – %(portal)s") % {"portal": settings.WAGTAIL_SITE_NAME}

    def subtitle(self) -> str:
        return _("What can be answered now, the newest first.")

    def link(self) -> str:
        return "/challenges/"

    def items(self) -> QuerySet[Challenge]:
        return open_challenges().order_by("-published_at", "-id")[:MOST]

    def item_title(self, item: Challenge) -> str:
        return item.title

    def item_description(self, item: Challenge) -> str:
        return item.summary

    def item_author_name(self, item: Challenge) -> str:
        return item.sponsor or item.organisation.name

    def item_pubdate(self, item: Challenge) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Challenge) -> datetime:
        return item.updated_at


@require_safe
@conditional_page
@cache_control(public=True, max_age=60 * MINUTES)
def challenge_feed(request: HttpRequest) -> HttpResponse:
    """``/feeds/challenges.atom``."""
    return OpenChallengesFeed()(request)


@require_safe
@conditional_page
@cache_control(public=True, max_age=60 * MINUTES)
def deadline_calendar(request: HttpRequest) -> HttpResponse:
    """``/calendar.ics``: the deadlines of open challenges, the next first."""
    calendar = Calendar()
    calendar.add("prodid", "-//Open Innovation Portal//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Deadlines – %(portal)s") % {"portal": settings.WAGTAIL_SITE_NAME})
    for challenge in open_challenges()[: MOST * 5]:
        calendar.add_component(_deadline(challenge))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _deadline(challenge: Challenge) -> Event:
    """The deadline as a moment in UTC, which every calendar shows in its reader's zone."""
    address = f"{settings.PORTAL_URL}{challenge.get_absolute_url()}"
    event = Event()
    event.add("uid", f"{challenge.slug}@{settings.ALLOWED_HOSTS[0]}")
    event.add("summary", _("Deadline: %(challenge)s") % {"challenge": challenge.title})
    event.add("dtstart", _in_utc(challenge.closes_at))
    event.add("dtend", _in_utc(challenge.closes_at))
    event.add("dtstamp", _in_utc(challenge.updated_at))
    event.add("last-modified", _in_utc(challenge.updated_at))
    event.add("description", f"{challenge.summary}\n\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _in_utc(moment: datetime | None) -> datetime:
    assert moment is not None  # an open challenge has a deadline: a constraint says so
    return moment.astimezone(UTC)
