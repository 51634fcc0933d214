"""Who wrote the content under decision (law 4), kept apart from revisions, which may be purged."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed


class Contribution(AppendOnly):
    """A person changed an offering's content since version `since` (0 before the first).

    That is the last version that published content; older rows name the newest of any kind.
    """

    sealed = Sealed.INTERNAL

    offering = models.ForeignKey(
        "credentials.Offering",
        # A draft may be deleted; who wrote it stays, pointing nowhere.
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="contributions",
    )
    since = models.PositiveIntegerField(_("since version"))
    user_key = models.CharField(_("person's key"), max_length=64)
    user_name = models.CharField(_("person"), max_length=200)
    created_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "since", "user_key"], name="one_contribution_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_name} ({self.since})"
