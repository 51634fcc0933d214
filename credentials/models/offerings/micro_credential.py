"""Micro-credential: mastery of a specific competency (DEF-9, MC-1 to MC-8)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from credentials.choices import AssociationBasis, Category, Kind
from credentials.models.offerings.offering import Offering
from credentials.models.offerings.parts import OfferingPart
from credentials.record.classification import governed, internal


class MicroCredential(Offering):
    """Says that its holder has mastered one competency; smaller than a qualification."""

    kind = Kind.MICRO_CREDENTIAL
    allowed_categories = (Category.NAC_MICRO_CREDENTIAL, Category.OTHER)

    competency = governed(
        models.CharField(
            _("competency"),
            max_length=300,
            help_text=_("The one competency that holders have mastered. MC-4"),
        )
    )
    association_basis = internal(
        models.CharField(
            _("developed because"),
            max_length=20,
            choices=AssociationBasis.choices,
            blank=True,
            help_text=_("One basis, with its evidence below. MC-3"),
        )
    )
    waiver_granted_by = internal(
        models.CharField(
            _("waiver granted by"),
            max_length=200,
            blank=True,
            help_text=_("Office and person, when the employer requirement is waived. MC-3"),
        )
    )

    edit_handler = Offering.tabs(
        about=[FieldPanel("competency")],
        proposal=[
            MultiFieldPanel(
                [
                    FieldPanel("association_basis"),
                    InlinePanel("association_evidence", label=_("evidence")),
                    FieldPanel("waiver_granted_by"),
                ],
                heading=_("Association (MC-3)"),
            )
        ],
    )

    class Meta:
        verbose_name = _("micro-credential")
        verbose_name_plural = _("micro-credentials")

    def document_extras(self) -> dict[str, Any]:
        return {"competency": self.competency}


class AssociationEvidence(OfferingPart):
    """A letter, statute or study that supports the association basis. Never published (law 6)."""

    micro_credential = ParentalKey(
        MicroCredential, on_delete=models.CASCADE, related_name="association_evidence"
    )
    description = internal(models.CharField(_("description"), max_length=300))
    document = internal(
        models.ForeignKey(
            getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
            verbose_name=_("document"),
            on_delete=models.PROTECT,
            related_name="+",
            null=True,
            blank=True,
        )
    )
    url = internal(models.URLField(_("or a link"), blank=True))

    panels = [FieldPanel("description"), FieldPanel("document"), FieldPanel("url")]

    class Meta(OfferingPart.Meta):
        verbose_name = _("association evidence")
        verbose_name_plural = _("association evidence")

    def __str__(self) -> str:
        return self.description

    def clean(self) -> None:
        super().clean()
        if not self.document_id and not self.url:
            raise ValidationError(
                {"document": _("Attach the document, or give a link to it. MC-3")}
            )
