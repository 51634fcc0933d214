"""The columns by which a row of the record says which content and document it is bound to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.record.content import FIRST_RULES, RULES


class ContentHashes(models.Model):
    """A row that is bound to content and to the public document that stands with it (law 2).

    `document_hash` is empty on rows from before documents were frozen at submission.
    """

    content_hash = models.CharField(_("content hash"), max_length=64)
    governed_hash = models.CharField(_("governed hash"), max_length=64)
    hash_rules = models.PositiveSmallIntegerField(
        _("rules of the hashes"), default=RULES, db_default=FIRST_RULES
    )
    document_hash = models.CharField(
        _("document hash"), max_length=64, default="", db_default="", blank=True
    )

    class Meta:
        abstract = True

    @property
    def hashes(self) -> dict[str, str | int]:
        """These columns, for a row that is bound to the same."""
        return {field.name: getattr(self, field.name) for field in ContentHashes._meta.local_fields}
