"""What a row of the record says of the API token by which it was written (law 5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ByToken(models.Model):
    """A row that its person wrote by hand, or by a token: then its name as it was, for ever."""

    by_token = models.CharField(
        _("by the API token"), max_length=200, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True
