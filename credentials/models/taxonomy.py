"""What offerings are sorted by: academic units, skills and their outside frameworks."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable


class AcademicUnit(models.Model):
    """A teaching unit that owns or partners an offering (DEF-1)."""

    code = models.SlugField(
        _("code"), unique=True, help_text=_("Short and lasting; appears in the catalogue API.")
    )
    name = models.CharField(_("name"), max_length=200)
    approvers = models.ManyToManyField(
        "auth.Group",
        verbose_name=_("approvers"),
        blank=True,
        related_name="+",
        help_text=_("Groups whose members can sign off for this unit."),
    )

    history = HistoricalRecords(m2m_fields=[approvers])

    panels = [FieldPanel("name"), FieldPanel("code"), FieldPanel("approvers")]

    class Meta:
        verbose_name = _("academic unit")
        verbose_name_plural = _("academic units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse another code once an offering names the unit by it: approved content does too."""
        super().clean()
        former = AcademicUnit.objects.filter(pk=self.pk).exclude(code=self.code).first()
        if former is not None and former.offerings.exists():
            raise ValidationError(
                {
                    "code": _(
                        "Offerings and their record name this unit as “%(code)s”, so its code "
                        "stays. Change its name, or make another unit."
                    )
                    % {"code": former.code}
                }
            )


class Skill(ClusterableModel):
    """A skill that offerings develop, aligned to outside frameworks."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=200, unique=True)

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([InlinePanel("alignments", label=_("alignment"))], heading=_("Alignments")),
    ]

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SkillAlignment(Orderable):
    """Where a skill stands in a framework that others use."""

    skill = ParentalKey(Skill, on_delete=models.CASCADE, related_name="alignments")
    framework = models.CharField(_("framework"), max_length=200)
    name = models.CharField(_("name in the framework"), max_length=200)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("skill alignment")
        verbose_name_plural = _("skill alignments")

    def __str__(self) -> str:
        return f"{self.framework}: {self.name}"
