"""Pages that a visitor meets: the home page, and the catalogue under which offerings live."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The front door: what continuous learning is here, and ways into the catalogue."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["home.CataloguePage"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class CataloguePage(Page):
    """The catalogue: lists and searches published offerings, which are its child pages."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "credentials.CertificateProgram",
        "credentials.Course",
        "credentials.MicroCredential",
        "credentials.DigitalBadge",
    ]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")
