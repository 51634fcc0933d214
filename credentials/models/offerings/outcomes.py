"""What learners will be able to do, and how that is assessed (PA-4 to PA-6, MC-4)."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel

from credentials.choices import NOT_MASTERY, AssessmentKind
from credentials.models.offerings.parts import OfferingPart
from credentials.record.classification import governed


class Outcome(OfferingPart):
    """One learning outcome; assessments name it by its code."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="outcomes"
    )
    code = governed(
        models.CharField(
            _("code"), max_length=10, help_text=_("Short, such as LO1; assessments refer to it.")
        )
    )
    statement = governed(
        models.TextField(
            _("outcome"),
            help_text=_("What learners can do on completion; begin with a verb you can measure."),
        )
    )

    panels = [FieldPanel("code"), FieldPanel("statement")]

    class Meta(OfferingPart.Meta):
        verbose_name = _("learning outcome")
        verbose_name_plural = _("learning outcomes")

    def __str__(self) -> str:
        return f"{self.code}: {self.statement}"


WHOLE = 100


class Assessment(OfferingPart):
    """One assessment, the outcomes it covers, and whether it can establish mastery (MC-4)."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="assessments"
    )
    title = governed(models.CharField(_("title"), max_length=200))
    kind = governed(
        models.CharField(
            _("kind"),
            max_length=20,
            choices=AssessmentKind.choices,
            help_text=_(
                "Multiple choice, true or false, fill in the blank can only gauge understanding; "
                "they never establish mastery. MC-4"
            ),
        )
    )
    description = governed(models.TextField(_("description"), blank=True))
    outcome_codes = governed(
        models.CharField(
            _("outcomes covered"),
            max_length=200,
            blank=True,
            help_text=_("Codes of the outcomes, separated by commas: LO1, LO3."),
        )
    )
    weight = governed(
        models.PositiveSmallIntegerField(
            _("weight in percent"),
            null=True,
            blank=True,
            help_text=_("Leave empty if pass or fail."),
        )
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("kind"),
        FieldPanel("outcome_codes"),
        FieldPanel("description"),
        FieldPanel("weight"),
    ]

    class Meta(OfferingPart.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return self.title

    @property
    def codes(self) -> list[str]:
        """The outcome codes it names, in the order given."""
        return [code for code in re.split(r"[,;\s]+", self.outcome_codes) if code]

    @property
    def establishes_mastery(self) -> bool:
        """False for the kinds that may only be formative (MC-4)."""
        return bool(self.kind) and self.kind not in NOT_MASTERY

    def clean(self) -> None:
        super().clean()
        if self.weight is not None and self.weight > WHOLE:
            raise ValidationError({"weight": _("A weight is at most 100 percent.")})
