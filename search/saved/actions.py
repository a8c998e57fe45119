"""What people do with saved searches, and looking whether there is anything new in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.kernel.access import fetch_locked, require
from portal.kernel.commit import enqueue
from portal.kernel.errors import Refused
from portal.notifications.send import send
from search.asking import request_from
from search.models import FoundThing, SavedSearch
from search.models.saved import LONGEST_QUERY
from search.queries import reachable
from search.requests import NEWEST
from search.saved.enums import Alert
from search.saved.notices import NewResults
from search.saved.rules import owns_saved_search

if TYPE_CHECKING:
    from portal.accounts.models import User

TOPIC = "saved_search"
MOST_SAVED = 50


def save_search(query: str, name: str, alert: str, *, actor: User) -> SavedSearch:
    """Keep the search whose results' address says ``query``; the same search again only gets the name and the alert.

    Raises ``Refused`` when the person keeps fifty already, or the query is too long.
    """
    if len(query) > LONGEST_QUERY:
        raise Refused(_("This search is too long to be kept: choose fewer values."), code="too_long")
    given = {"name": name, "alert": alert, "due_at": _next(alert)}
    with transaction.atomic():
        known = SavedSearch.objects.select_for_update().filter(user=actor, query=query).first()
        if known is not None:
            return _changed(known, **given)
        if SavedSearch.objects.visible_to(actor).count() >= MOST_SAVED:
            raise Refused(_("You keep fifty searches already: let go of one first."), code="too_many")
        try:
            with transaction.atomic():
                saved = SavedSearch.objects.create(user=actor, query=query, **given)
        except IntegrityError:  # saved in another tab at the same moment
            return _changed(SavedSearch.objects.get(user=actor, query=query), **given)
        enqueue(TOPIC, str(saved.pk))
    return saved


def change_saved_search(saved: SavedSearch, name: str, alert: str, *, actor: User) -> SavedSearch:
    """Give it another name, or have it looked at more or less often. ``Missing`` unless it is the actor's."""
    with transaction.atomic():
        kept = fetch_locked(SavedSearch, actor, owns_saved_search, pk=saved.pk)
        return _changed(kept, name=name, alert=alert, due_at=_next(alert))


def forget_saved_search(saved: SavedSearch, *, actor: User) -> None:
    """Keep it no longer. ``Missing`` unless it is the actor's."""
    require(actor, owns_saved_search, saved)
    saved.delete()


def dismiss(saved: SavedSearch, things: Collection[int] | None = None, *, actor: User) -> int:
    """Say that these new things have been seen, or all of them; how many there were. Again is harmless."""
    require(actor, owns_saved_search, saved)
    new = saved.found.new() if things is None else saved.found.new().filter(pk__in=things)
    return new.update(dismissed_at=timezone.now())


def look(saved: SavedSearch) -> int:
    """Look for what is new, tell the person, and say how much it is. What the first look finds is not new.

    Of more than a thousand results the newest thousand are looked at. Raises ``EngineUnavailable``.
    """
    request, _notes = request_from(QueryDict(saved.query), saved.user)  # type: ignore[arg-type]
    present = set(reachable(request.changed(sort=NEWEST), saved.user))
    with transaction.atomic():
        kept = SavedSearch.objects.select_for_update().select_related("user").filter(pk=saved.pk).first()
        if kept is None:
            return 0
        now = timezone.now()
        known = set(kept.found.values_list("kind", "object_pk"))
        is_first = kept.looked_at is None
        fresh = [
            FoundThing(search=kept, kind=kind, object_pk=pk, found_at=None if is_first else now)
            for kind, pk in sorted(present - known)
        ]
        FoundThing.objects.bulk_create(fresh, batch_size=500)
        _let_go_of_what_went(kept, present, now)
        kept.looked_at = now
        kept.save(update_fields=["looked_at"])
        if is_first or not fresh:
            return 0
        if kept.alert != Alert.OFF:
            send(NewResults.of(kept, len(fresh)), to=[kept.user])
    return len(fresh)


def _let_go_of_what_went(saved: SavedSearch, present: Collection[tuple[str, str]], now: datetime) -> None:
    """What is no result any more is no new one either."""
    gone = [thing.pk for thing in saved.found.new() if (thing.kind, thing.object_pk) not in present]
    FoundThing.objects.filter(pk__in=gone).update(dismissed_at=now)


def _next(alert: str) -> datetime | None:
    interval = Alert(alert).interval
    return timezone.now() + interval if interval else None


def _changed(saved: SavedSearch, **changes: object) -> SavedSearch:
    for name, value in changes.items():
        setattr(saved, name, value)
    saved.save(update_fields=list(changes))
    return saved
