"""Digital badge: a validated image with when, where and how it was earned (DEF-6, MC-1)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from credentials.choices import Category, Kind
from credentials.models.offerings.blocks import TEXT_FEATURES
from credentials.models.offerings.offering import Offering
from credentials.record.classification import governed
from credentials.record.rich_text import public_html


class DigitalBadge(Offering):
    """A badge that documents an accomplishment; its picture is the page's image."""

    kind = Kind.DIGITAL_BADGE
    allowed_categories = (Category.NAC_MICRO_CREDENTIAL, Category.OTHER)

    criteria = governed(
        RichTextField(
            _("criteria"),
            features=TEXT_FEATURES,
            help_text=_("What a person must show to earn it. DEF-6"),
        )
    )
    assessed_how = governed(
        models.TextField(_("when, where and how it is assessed"), blank=True, help_text=_("DEF-6"))
    )

    edit_handler = Offering.tabs(outcomes=[FieldPanel("criteria"), FieldPanel("assessed_how")])

    class Meta:
        verbose_name = _("digital badge")
        verbose_name_plural = _("digital badges")

    def document_extras(self) -> dict[str, Any]:
        return {"criteria_html": public_html(self.criteria), "assessed_how": self.assessed_how}
