"""How often something was asked for from one place, as far as limits need it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.record.unreferenced import Unreferenced


class RequestCount(Unreferenced):
    """Requests of one kind from one place within a time. The place is a keyed hash only."""

    place_hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(_("requests"), default=0)
    ends_at = models.DateTimeField(_("forgotten"), db_index=True)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")

    def __str__(self) -> str:
        return str(self.pk)
