"""Grounds of appeal and steps of a case, parts of a version of the procedure (AP-2)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from appeals.models.part_history import PartHistory
from appeals.models.procedures import MOST_DAYS, PART_FROZEN_WHEN, Procedure
from credentials.message_templates.bilingual import Bilingual
from credentials.record.unreferenced import Unreferenced


class Ground(Unreferenced, Orderable):
    """A reason for which a decision may be appealed."""

    frozen_when: ClassVar[dict[str, str]] = PART_FROZEN_WHEN

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="grounds")
    key = models.SlugField(
        _("key"),
        max_length=50,
        help_text=_("Lasting and short, such as new-evidence: statistics compare years by it."),
    )
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    explanation_en = models.TextField(_("explanation in English"))
    explanation_fr = models.TextField(_("explanation in French"))
    history = PartHistory()

    name = Bilingual()
    explanation = Bilingual()

    panels = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_fr")]),
        FieldPanel("explanation_en"),
        FieldPanel("explanation_fr"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("ground")
        verbose_name_plural = _("grounds")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="one_ground_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.TextChoices):
    """What has a time of its own in the life of a case."""

    ACKNOWLEDGE = "acknowledge", _("Acknowledge the appeal")
    COMPLETENESS = "completeness", _("Check that it is complete")
    COMPLETION = "completion", _("The appellant adds what is missing")
    RESPONSE = "response", _("Response of the original decision-maker")
    REVIEW = "review", _("Review")
    DECISION = "decision", _("Decision")
    LETTER = "letter", _("Letter")


class ProcedureStep(Unreferenced, Orderable):
    """How many working days a step may take, counted from the end of the one before."""

    frozen_when: ClassVar[dict[str, str]] = PART_FROZEN_WHEN

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(_("step"), max_length=20, choices=Step.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200)
    working_days = models.PositiveSmallIntegerField(
        _("working days"),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )
    history = PartHistory()

    name = Bilingual()

    panels = [
        FieldRowPanel([FieldPanel("key"), FieldPanel("working_days")]),
        FieldRowPanel([FieldPanel("name_en"), FieldPanel("name_fr")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["procedure", "key"], name="one_step_per_key")
        ]

    def __str__(self) -> str:
        return self.name
