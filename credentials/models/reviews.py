"""Facts about the reviews of offerings, from which the next one's date follows (CP-4, SH-3, MC-8).

Reviews are run one floor up; what the policy's rule must know of them is kept here.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed


class ReviewDateQuerySet(AppendOnlyQuerySet):
    """Facts in the words of the domain."""

    def concluded(self) -> "ReviewDateQuerySet":
        """Reviews that came to an outcome, the latest first."""
        return self.filter(reviewed_on__isnull=False).order_by("-reviewed_on", "-pk")

    def wanted(self) -> "ReviewDateQuerySet":
        """Days by which a review is wanted, or no longer, that no conclusion has overtaken."""
        later = ReviewDate.objects.filter(
            offering=models.OuterRef("offering"),
            reviewed_on__isnull=False,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later), reviewed_on__isnull=True).order_by("-pk")


class ReviewDate(AppendOnly):
    """That a review was concluded, or that one is wanted sooner than the interval asks.

    With `reviewed_on` it was concluded on that day, and `due_on` is the next day that was set,
    none for the policy's interval. Without, `due_on` is the day by which a review is wanted, none
    when it is wanted no longer.
    """

    sealed = Sealed.INTERNAL

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="review_dates"
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True)
    due_on = models.DateField(_("next due on"), null=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    recorded_by_key = models.CharField(_("person's key"), max_length=64)
    recorded_by_name = models.CharField(_("recorded by"), max_length=200)
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = ReviewDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date of a review")
        verbose_name_plural = _("dates of reviews")
        ordering = ["pk"]
        indexes = [models.Index(fields=["offering", "reviewed_on"], name="review_date_by_offering")]

    def __str__(self) -> str:
        return str(self.reviewed_on or self.due_on or "")
