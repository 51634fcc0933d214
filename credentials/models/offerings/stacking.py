"""How offerings build on each other: components, their groups, prerequisites (DEF-10 to 13)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel

from credentials.choices import GroupRule, PrerequisiteKind
from credentials.models.offerings.parts import OfferingPart
from credentials.record.classification import governed


class Component(OfferingPart):
    """An offering inside a stackable one (DEF-10); the order counts in a vertical stack."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="components"
    )
    part = governed(
        models.ForeignKey(
            "credentials.Offering",
            verbose_name=_("offering"),
            on_delete=models.PROTECT,
            related_name="component_of",
        )
    )
    required = governed(
        models.BooleanField(
            _("required"),
            default=True,
            help_text=_(
                "Every learner completes it. In a requirement group, the group decides instead."
            ),
        )
    )
    group = governed(
        models.CharField(
            _("requirement group"),
            max_length=10,
            blank=True,
            default="",
            db_default="",
            help_text=_("Code of the group it counts in, such as A; empty when in none. CP-7"),
        ),
        later=True,
    )

    panels = [
        PageChooserPanel("part", "credentials.Offering"),
        FieldRowPanel([FieldPanel("required"), FieldPanel("group")]),
    ]

    class Meta(OfferingPart.Meta):
        verbose_name = _("component")
        verbose_name_plural = _("components")

    def __str__(self) -> str:
        return str(self.part)

    def clean(self) -> None:
        super().clean()
        if self.part_id and self.offering_id and self.part_id == self.offering_id:
            raise ValidationError(
                {"part": _("An offering cannot be a part of itself. Choose another. DEF-10")}
            )


class RequirementGroup(OfferingPart):
    """Components among which learners choose, and how many count (CP-5 to CP-7, DEF-13)."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="requirement_groups"
    )
    code = governed(
        models.CharField(
            _("code"), max_length=10, help_text=_("Short, such as A; components refer to it.")
        ),
        later=True,
    )
    name = governed(
        models.CharField(_("name"), max_length=200, help_text=_("Shown to learners.")), later=True
    )
    rule = governed(
        models.CharField(_("learners complete"), max_length=10, choices=GroupRule.choices),
        later=True,
    )
    minimum = governed(
        models.DecimalField(
            _("number or hours"),
            max_digits=6,
            decimal_places=1,
            null=True,
            blank=True,
            help_text=_("How many components, or how many hours of them; empty for all of them."),
        ),
        later=True,
    )

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("rule"), FieldPanel("minimum")]),
    ]

    class Meta(OfferingPart.Meta):
        verbose_name = _("requirement group")
        verbose_name_plural = _("requirement groups")
        constraints = [
            models.UniqueConstraint(fields=["offering", "code"], name="one_group_per_code"),
            models.CheckConstraint(
                condition=(
                    models.Q(rule=GroupRule.ALL, minimum__isnull=True)
                    | models.Q(
                        rule__in=[GroupRule.AT_LEAST, GroupRule.HOURS],
                        minimum__isnull=False,  # SQL holds a check that is NULL to be met
                        minimum__gt=0,
                    )
                ),
                name="group_minimum_fits_its_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    def clean(self) -> None:
        super().clean()
        if self.rule == GroupRule.ALL:
            self.minimum = None
        elif self.minimum is None or self.minimum <= 0:
            raise ValidationError(
                {"minimum": _("Say how many, as a number above 0, or choose all of them. CP-7")}
            )
        elif self.rule == GroupRule.AT_LEAST and self.minimum % 1:
            raise ValidationError(
                {"minimum": _("A number of components is whole. Choose hours for a part of one.")}
            )


class Prerequisite(OfferingPart):
    """What a learner holds before, or takes with, the offering (DEF-11, DEF-12, MC-7)."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="prerequisites"
    )
    kind = governed(
        models.CharField(
            _("kind"),
            max_length=20,
            choices=PrerequisiteKind.choices,
            default=PrerequisiteKind.PREREQUISITE,
        )
    )
    requires = governed(
        models.ForeignKey(
            "credentials.Offering",
            verbose_name=_("offering"),
            on_delete=models.PROTECT,
            related_name="required_by",
            null=True,
            blank=True,
        )
    )
    description = governed(
        models.CharField(
            _("or in words"),
            max_length=300,
            blank=True,
            help_text=_("For a requirement that is not one of our offerings."),
        )
    )

    panels = [
        FieldPanel("kind"),
        PageChooserPanel("requires", "credentials.Offering"),
        FieldPanel("description"),
    ]

    class Meta(OfferingPart.Meta):
        verbose_name = _("prerequisite")
        verbose_name_plural = _("prerequisites")

    def __str__(self) -> str:
        return str(self.requires or self.description)

    def clean(self) -> None:
        super().clean()
        if not self.requires_id and not self.description:
            raise ValidationError(
                {"description": _("Choose an offering, or say in words what is required. MC-7")}
            )
        if self.requires_id and self.requires_id == self.offering_id:
            raise ValidationError(
                {"requires": _("An offering cannot require itself. Choose another. MC-7")}
            )
