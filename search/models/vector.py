"""What a public document means, as a vector: made once, and again only when its text changes."""

from __future__ import annotations

from django.db import models


class DocumentVector(models.Model):
    """The vector of the document ``key`` by an embedder (``model``), of the text whose digest is ``text``.

    ``vector`` holds 16-bit floats, little-endian; it is empty for a document that has been withdrawn, so that whoever
    keeps vectors in memory hears of it. ``version`` grows with every change of any row, in the order of commits.
    """

    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    model = models.CharField(max_length=300)
    text = models.CharField(max_length=32)
    vector = models.BinaryField()
    version = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "document vector"
        verbose_name_plural = "document vectors"
        constraints = [models.UniqueConstraint(fields=["key", "model"], name="search_vector_once")]

    def __str__(self) -> str:
        return self.key
