"""What has changed goes into the outbox, in the change's own transaction. Called by nobody but signals.

Domain apps do not know that search exists: it listens to Django's own signals of saving and deleting, to bulk writes
(``object_changed``) and to transitions (``transitioned``), which write past ``save``.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from portal.accounts.models import Profile, User
from portal.accounts.signals import person_erased
from portal.kernel.commit import enqueue_many
from portal.kernel.signals import object_changed, transitioned
from search.dependencies import dependants
from search.drain import TOPIC
from search.models import SavedSearch
from search.semantic import tasks


def connect() -> None:
    """Listen to everything that documents are made of."""
    for signal in (post_save, post_delete):
        signal.connect(index_saved, dispatch_uid="search")
    transitioned.connect(index_moved, dispatch_uid="search")
    object_changed.connect(index_written_in_bulk, dispatch_uid="search")
    m2m_changed.connect(index_skills, sender=Profile.skills.through, dispatch_uid="search")
    for news in (page_published, page_unpublished):
        news.connect(index_saved, dispatch_uid="search")


@receiver(person_erased, sender=User)
def forget_searches_of_person(sender: type[User], user: User, **news: Any) -> None:
    """What an erased person looked for is kept no longer."""
    SavedSearch.objects.filter(user=user).delete()


def index_saved(sender: Any, instance: Model, raw: bool = False, **extra: Any) -> None:
    """A row was saved or deleted, or a page went live or away."""
    if not raw:
        _enqueue([instance])


def index_moved(sender: Any, obj: Model, **extra: Any) -> None:
    """A workflow moved an object."""
    _enqueue([obj])


def index_written_in_bulk(sender: type[Model], objs: Sequence[Any], **extra: Any) -> None:
    """Rows, or the rows of these keys, were written past ``save``."""
    keys = [obj for obj in objs if not isinstance(obj, Model)]
    rows = [obj for obj in objs if isinstance(obj, Model)]
    _enqueue([*rows, *(sender._default_manager.filter(pk__in=keys) if keys else ())])


def index_skills(sender: Any, instance: Model, action: str, reverse: bool, **extra: Any) -> None:
    """Somebody's skills were set."""
    if action.startswith("post_") and not reverse:
        _enqueue([instance])


def _enqueue(rows: Sequence[Model]) -> None:
    keys = {f"{kind}:{pk}" for row in rows for kind, pk in _dependants(row)}
    if keys:
        enqueue_many(TOPIC, sorted(keys))
        tasks.enqueue(sorted(keys))


def _dependants(row: Model) -> set[tuple[str, str]]:
    """What depends on the row; a row whose neighbour is being deleted with it depends on nothing more."""
    try:
        return dependants(row)
    except ObjectDoesNotExist:
        return set()
