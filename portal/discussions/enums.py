"""What things in rooms can be, and the words of moderation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sign(models.TextChoices):
    """What can be said of a message without a word."""

    YES = "👍", _("thumbs up")
    THANKS = "❤️", _("heart")
    HOORAY = "🎉", _("hooray")
    SMILE = "😄", _("smile")
    HM = "🤔", _("thinking")
    SEEN = "👀", _("looking into it")
    DONE = "✅", _("done")


class ReportReason(models.TextChoices):
    """Why somebody thinks that a message should not stand."""

    SPAM = "spam", _("Spam or advertising")
    ABUSE = "abuse", _("Abuse or harassment")
    OFF_TOPIC = "off_topic", _("Off topic")
    CONFIDENTIAL = "confidential", _("Tells what is confidential")
    OTHER = "other", _("Something else")


class CaseState(models.TextChoices):
    """Where a case stands: it waits, is decided for or against the message, and may be appealed once."""

    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Upheld")
    DECLINED = "declined", _("Declined")
    APPEALED = "appealed", _("Appealed")
    OVERTURNED = "overturned", _("Overturned")
    CONFIRMED = "confirmed", _("Confirmed")


WAITING = (CaseState.OPEN, CaseState.APPEALED)
"""States in which a case waits for somebody's word."""

STANDING_AGAINST = (CaseState.UPHELD, CaseState.APPEALED, CaseState.CONFIRMED)
"""States in which something has been decided against the author, and holds."""


class CaseOrigin(models.TextChoices):
    """What opened a case."""

    REPORTS = "reports", _("Reports")
    WORDS = "words", _("Word list")
    MODERATOR = "moderator", _("A moderator")


class Outcome(models.TextChoices):
    """What comes of an upheld case."""

    HIDE = "hide", _("Hide the message")
    REMOVE = "remove", _("Remove the message")
    WARN = "warn", _("Warn the author")
    MUTE = "mute", _("Hide the message and mute the author")


class PhraseDeed(models.TextChoices):
    """What a phrase of the word list does to a message that holds it."""

    REFUSE = "refuse", _("Refuse the message")
    HOLD = "hold", _("Hide it until it has been looked at")
    FLAG = "flag", _("Show it, and put it in the queue")
