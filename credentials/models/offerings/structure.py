"""What an offering is made of and leads to, with whom, and which skills it develops."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from credentials.choices import AwardKind, PartnerKind, StackingApproach
from credentials.models.offerings.blocks import TEXT_FEATURES, CurriculumBlock
from credentials.models.offerings.parts import OfferingPart
from credentials.record.classification import governed


class Partner(OfferingPart):
    """An outside organization that the offering is developed or delivered with (FW-1)."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="partners"
    )
    name = governed(models.CharField(_("name"), max_length=200))
    kind = governed(models.CharField(_("kind"), max_length=20, choices=PartnerKind.choices))
    url = governed(models.URLField(_("website"), blank=True))

    panels = [FieldPanel("name"), FieldPanel("kind"), FieldPanel("url")]

    class Meta(OfferingPart.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name


class OfferingSkill(OfferingPart):
    """A skill that the offering develops."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="offering_skills"
    )
    skill = governed(
        models.ForeignKey(
            "credentials.Skill",
            verbose_name=_("skill"),
            on_delete=models.PROTECT,
            related_name="offering_skills",
        )
    )

    panels = [FieldPanel("skill")]

    class Meta(OfferingPart.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return str(self.skill)


class Structure(models.Model):
    """What an offering is made of and leads to, as fields of the page (DEF-10, CP-5 to CP-7)."""

    curriculum = governed(
        StreamField(
            CurriculumBlock(), verbose_name=_("curriculum"), blank=True, help_text=_("PA-5")
        )
    )
    stacking_approach = governed(
        models.CharField(
            _("stacking approach"),
            max_length=20,
            choices=StackingApproach.choices,
            default=StackingApproach.NONE,
            blank=True,
            help_text=_(
                "Vertical needs prerequisites, horizontal may do without, value-added mixes both. "
                "DEF-10 to DEF-13, MC-7"
            ),
        )
    )
    additional_requirements = governed(
        RichTextField(
            _("additional requirements"),
            features=TEXT_FEATURES,
            blank=True,
            help_text=_("Asked for beyond the parts themselves. CP-7, DEF-13"),
        )
    )
    award_kind = governed(
        models.CharField(
            _("awarded on completion"),
            max_length=30,
            choices=AwardKind.choices,
            default=AwardKind.NONE,
            blank=True,
            help_text=_("CP-1, SH-1"),
        )
    )

    class Meta:
        abstract = True
