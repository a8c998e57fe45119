"""Words that mean the same on this portal."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

FEWEST = 2


class SynonymGroup(models.Model):
    """Words or short phrases of which each finds the others, separated by commas."""

    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_(
            "Words or short phrases that mean the same, in any language, with commas between: pump, насос, 水泵"
        ),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ("words",)

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Refuse a group that says nothing."""
        if len(set(self.members)) < FEWEST:
            raise ValidationError({"words": _("Give at least two different words, with commas between.")})

    @property
    def members(self) -> list[str]:
        """Its words and phrases."""
        return [word.strip() for word in self.words.replace("，", ",").replace("、", ",").split(",") if word.strip()]
