"""The word list: what messages are watched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import audit
from portal.kernel.access import require
from portal.kernel.errors import Refused

from .. import rules
from ..enums import PhraseDeed
from ..models import WatchedPhrase
from ..phrases import deed_for, folded

if TYPE_CHECKING:
    from portal.accounts.models import User


class Watched(Refused):
    """The text holds a phrase that is not said here."""

    def __init__(self) -> None:
        words = _("This holds a word or phrase that is not said here. Put it in other words.")
        super().__init__(words, code="watched", field="text")


def watch_phrase(phrase: str, deed: str, *, actor: User) -> WatchedPhrase:
    """Watch for ``phrase``, or change what becomes of messages that hold it."""
    require(actor, rules.can_keep_word_list, None)
    sought = folded(phrase)
    if not any(sign.isalnum() for sign in sought):
        raise Refused(_("Write a word or a phrase."), code="empty", field="phrase")
    with transaction.atomic():
        said = {"phrase": " ".join(phrase.split()), "deed": PhraseDeed(deed)}
        watched, _made = WatchedPhrase.objects.update_or_create(folded=sought, defaults=said)
        audit.record("watched_phrase.keep", watched, actor=actor, deed=str(deed), digest=audit.digest(sought))
    return watched


def unwatch_phrase(watched: WatchedPhrase, *, actor: User) -> None:
    """Watch for it no longer."""
    require(actor, rules.can_keep_word_list, watched)
    with transaction.atomic():
        audit.record("watched_phrase.drop", watched, actor=actor, digest=audit.digest(watched.folded))
        watched.delete()


def judged(text: str, *, spared: bool) -> PhraseDeed | None:
    """What the word list does to ``text``, for whom it does not ``spare``; raises ``Watched`` where it refuses it."""
    deed = deed_for(text)
    if deed == PhraseDeed.REFUSE:
        raise Watched
    return None if spared else deed
