"""The abstract row behind every private file."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.kernel.models import PublicIdField

from .names import LONGEST, random_name
from .storage import private_storage


def stored_under(instance: models.Model, filename: str) -> str:
    """The name on disk: chance alone, whatever the file is called."""
    return random_name()


class PrivateFile(models.Model):
    """Bytes on disk that are read only through the gate, and what is known of them.

    Rows are made by `actions.store` and never change: `size`, `content_type` and `sha256` describe
    exactly the bytes kept. Subclasses add what the file belongs to.
    """

    public_id = PublicIdField()
    file = models.FileField(_("file"), storage=private_storage, upload_to=stored_under, max_length=100, db_index=True)
    name = models.CharField(_("name"), max_length=LONGEST)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("type"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.public_id}"

    def get_absolute_url(self) -> str:
        """Where those who may read it download it."""
        from .registry import kind_of

        return reverse("files:download", args=[kind_of(type(self)), self.public_id])
