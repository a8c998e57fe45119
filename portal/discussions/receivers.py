"""What happens to the subjects of rooms, and reaches those who listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from portal.accounts.models import User
from portal.accounts.queries import platform_masters
from portal.accounts.signals import person_erased
from portal.kernel.signals import object_changed, transitioned
from portal.kernel.workflow import Transition
from portal.notifications.send import send

from .enums import CaseState
from .events import doubt_rooms_about
from .models import Blocking, ModerationCase, Report
from .notices import AppealAnswered, CaseWaiting, MessageJudged, ReportAnswered
from .signals import case_opened


@receiver(transitioned)
def doubt_rooms_of_moved_subject(sender: type[Model], obj: Model, **news: Any) -> None:
    """A subject moved to another state: who may be in its rooms may have changed."""
    doubt_rooms_about(obj)


@receiver(object_changed)
def doubt_rooms_of_changed_subjects(sender: type[Model], objs: Sequence[Any], **news: Any) -> None:
    """Subjects were written past ``save()``."""
    for obj in objs:
        if isinstance(obj, Model):
            doubt_rooms_about(obj)


@receiver(case_opened, sender=ModerationCase)
def call_masters_to_case(sender: type[ModerationCase], obj: ModerationCase, actor: Any, **news: Any) -> None:
    """Somebody has to decide."""
    send(CaseWaiting.of(obj), to=platform_masters().exclude(pk=getattr(actor, "pk", None) or 0))


@receiver(transitioned, sender=ModerationCase)
def tell_of_decision(
    sender: type[ModerationCase], obj: ModerationCase, transition: Transition, actor: Any, **news: Any
) -> None:
    """Author and reporters learn what was decided, and masters that an appeal was made."""
    if transition.name in ("uphold", "decline"):
        reporters = User.objects.filter(pk__in=obj.reports.values("reporter"))
        send(ReportAnswered.of(obj), to=reporters.exclude(pk=actor.pk))
    if transition.name == "uphold":
        send(MessageJudged.of(obj), to=[obj.author])
    elif transition.name == "appeal":
        send(CaseWaiting.of(obj), to=_who_may_answer(obj))
    elif obj.state in (CaseState.OVERTURNED, CaseState.CONFIRMED):
        send(AppealAnswered.of(obj), to=[obj.author])


def _who_may_answer(case: ModerationCase) -> Sequence[User]:
    """The platform masters but the one who decided; that one where there is no other."""
    others = list(platform_masters().exclude(pk__in=[case.decided_by_id, case.author.pk]))
    return others or list(platform_masters())


@receiver(person_erased, sender=User)
def forget_words_of_person(sender: type[User], user: User, **news: Any) -> None:
    """What an erased person reported, appealed and had said in removed messages; and whom they blocked."""
    Report.objects.filter(reporter=user).update(words="")
    ModerationCase.objects.filter(message__author=user).update(appeal="", kept_text="")
    Blocking.objects.filter(blocker=user).delete()
    Blocking.objects.filter(blocked=user).delete()
