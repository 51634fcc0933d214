"""When and where an offering runs. Editorial: the Department schedules without the Committee."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from credentials.choices import DeliveryMode
from credentials.fields import ChoiceListField
from credentials.models.offerings.parts import OfferingPart
from credentials.record.classification import editorial, governed


class Session(OfferingPart):
    """One run of an offering: dates, place, how, and where to register."""

    offering = ParentalKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="sessions"
    )
    starts = editorial(models.DateField(_("starts")))
    ends = editorial(models.DateField(_("ends"), null=True, blank=True))
    place = editorial(models.CharField(_("place"), max_length=200, blank=True))
    delivery = editorial(
        models.CharField(_("delivery"), max_length=20, choices=DeliveryMode.choices, blank=True)
    )
    registration_url = editorial(models.URLField(_("registration link"), blank=True))

    panels = [
        FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
        FieldPanel("place"),
        FieldPanel("delivery"),
        FieldPanel("registration_url"),
    ]

    class Meta(OfferingPart.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def __str__(self) -> str:
        return f"{self.starts} {self.place}".strip()

    def clean(self) -> None:
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("A session cannot end before it starts.")})


class DeliveryAndCost(models.Model):
    """How, how long, for how much and under whose policy an offering runs (MC-5, PA-10, FW-2)."""

    delivery_modes = governed(
        ChoiceListField(
            verbose_name=_("delivery"),
            choices_class=DeliveryMode,
            help_text=_("One or several. MC-5"),
        )
    )
    hours = governed(
        models.DecimalField(
            _("hours of learning"), max_digits=6, decimal_places=1, null=True, blank=False
        )
    )
    weeks = governed(models.PositiveSmallIntegerField(_("length in weeks"), null=True, blank=True))
    fee = editorial(
        models.DecimalField(
            _("fee"),
            max_digits=9,
            decimal_places=2,
            null=True,
            blank=True,
            help_text=_("0 when free; leave empty when not yet announced. PA-10"),
        )
    )
    fee_note = editorial(
        models.CharField(
            _("note on the fee"),
            max_length=200,
            blank=True,
            help_text=_("Taxes, materials, bursaries."),
        )
    )
    osap_eligible = governed(
        models.BooleanField(
            _("ask for OSAP"),
            default=False,
            help_text=_(
                "Whether the Department is to ask the ministry for OSAP. The public page says so "
                "only once the ministry has approved it. MC-5"
            ),
        )
    )
    contracted_for = governed(
        models.CharField(
            _("delivered under contract for"),
            max_length=200,
            blank=True,
            help_text=_("Name of the unit or organization, when another's policy governs it. FW-2"),
        )
    )
    governing_policy = governed(
        models.CharField(
            _("governing policy"),
            max_length=200,
            blank=True,
            help_text=_("Required for contracted delivery. FW-2"),
        )
    )

    class Meta:
        abstract = True
