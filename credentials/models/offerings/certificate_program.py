"""Certificate program: a set of courses that earns a Certificate (DEF-5, CP-1 to CP-7)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from credentials.choices import Category, Kind
from credentials.models.offerings.offering import Offering
from credentials.record.classification import governed


class CertificateProgram(Offering):
    """A stand-alone program of study."""

    kind = Kind.CERTIFICATE_PROGRAM
    allowed_categories = (Category.CERTIFICATE_PROGRAM, Category.OTHER)

    review_interval_months = governed(
        models.PositiveSmallIntegerField(
            _("reviewed every (months)"),
            default=36,
            help_text=_("Set by the Committee for each program. CP-4"),
        )
    )

    edit_handler = Offering.tabs(structure=[FieldPanel("review_interval_months")])

    class Meta:
        verbose_name = _("certificate program")
        verbose_name_plural = _("certificate programs")

    def document_extras(self) -> dict[str, Any]:
        return {"review_interval_months": self.review_interval_months}
