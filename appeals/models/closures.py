"""Days on which the university is closed, which no deadline counts (AP-2)."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from appeals.rules.working_days import Closure
from credentials.message_templates.bilingual import Bilingual
from credentials.record.unreferenced import Unreferenced

LONGEST = 120  # days: longer than any closure, shorter than a mistyped year


class UniversityClosureQuerySet(models.QuerySet["UniversityClosure"]):
    """Closures in the words of the domain."""

    def as_closures(self) -> tuple[Closure, ...]:
        """As the arithmetic reads them, named in the active language."""
        return tuple(row.as_closure() for row in self)


class UniversityClosure(Unreferenced):
    """Days on which the university is closed. One that has begun is never taken back.

    It is never edited either: it is removed before it begins, and added anew.
    """

    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": "1=1",
        # By the database's day, in UTC; the office's own day is checked where it is removed.
        "DELETE": "OLD.first_day < CURRENT_DATE",
    }

    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by_key = models.CharField(_("person’s key"), max_length=64, editable=False)
    added_by_name = models.CharField(_("added by"), max_length=200, editable=False)
    history = HistoricalRecords(bases=[Unreferenced])

    name = Bilingual()
    objects = UniversityClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("university closure")
        verbose_name_plural = _("university closures")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")), name="closure_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError naming the day that is wrong, and the closure in the way."""
        super().clean()
        if self.first_day is None or self.last_day is None:
            return
        if self.last_day < self.first_day:
            raise ValidationError(
                {"last_day": _t("The last day comes before the first. Correct one of them.")}
            )
        if (self.last_day - self.first_day).days >= LONGEST:
            raise ValidationError(
                {
                    "last_day": _t("A closure is shorter than %(days)s days. Correct the days.")
                    % {"days": LONGEST}
                }
            )
        others = UniversityClosure.objects.exclude(pk=self.pk)
        other = others.filter(first_day__lte=self.last_day, last_day__gte=self.first_day).first()
        if other:
            raise ValidationError(
                {
                    "first_day": _t("“%(name)s” covers some of these days. Choose other days.")
                    % {"name": other.name}
                }
            )

    def as_closure(self) -> Closure:
        """As the arithmetic reads it."""
        return Closure(self.first_day, self.last_day, self.name)

    def has_begun(self, today: datetime.date | None = None) -> bool:
        """Whether it can no longer be removed: deadlines may have been told with it."""
        return self.first_day <= (today or timezone.localdate())
