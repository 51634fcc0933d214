"""What an offering is about, for whom, in whose hands, and on what terms it admits (DEF, AD)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from credentials.choices import Category, CreditBasis, Language
from credentials.models.offerings.blocks import TEXT_FEATURES
from credentials.record.classification import editorial, governed, internal


class About(models.Model):
    """Description, category, credit basis, partnership, admission and presentation."""

    summary = editorial(
        models.CharField(
            _("summary"), max_length=300, help_text=_("One sentence for lists and search.")
        )
    )
    description = governed(
        RichTextField(
            _("purpose and description"),
            features=TEXT_FEATURES,
            help_text=_("What it is for and what it covers. DEF-9, PA-1"),
        )
    )
    category = governed(
        models.CharField(
            _("category"),
            max_length=30,
            choices=Category.choices,
            help_text=_("One of the policy's eight categories. FW-1"),
        )
    )
    credit_basis = governed(
        models.CharField(
            _("credit basis"),
            max_length=3,
            choices=CreditBasis.choices,
            default=CreditBasis.NAC,
            help_text=_("Decides who must approve it. DEF-7"),
        )
    )
    language = governed(
        models.CharField(
            _("language of instruction"),
            max_length=5,
            choices=Language.choices,
            default=Language.ENGLISH,
        )
    )
    academic_unit = governed(
        models.ForeignKey(
            "credentials.AcademicUnit",
            verbose_name=_("partner academic unit"),
            on_delete=models.PROTECT,
            related_name="offerings",
            null=True,
            blank=True,
            help_text=_("Leave empty when the Department develops it alone. DEF-1, AD-1 to AD-4"),
        )
    )
    admission_requirements = governed(
        RichTextField(
            _("admission and progression requirements"),
            features=TEXT_FEATURES,
            blank=True,
            help_text=_(
                "Settled by the authority that the policy names for this offering. AD-1 to AD-4"
            ),
        )
    )
    admission_consultation = internal(
        models.TextField(
            _("admission consultation"),
            blank=True,
            help_text=_("Who was consulted, when, and what was said. AD-2, AD-3"),
        )
    )
    audience = editorial(
        models.CharField(_("who it is for"), max_length=300, blank=True, help_text=_("PA-3"))
    )
    contact_email = editorial(
        models.EmailField(
            _("contact"), blank=True, help_text=_("An office's address, not a person's.")
        )
    )
    image = editorial(
        models.ForeignKey(
            getattr(settings, "WAGTAILIMAGES_IMAGE_MODEL", "wagtailimages.Image"),
            verbose_name=_("image"),
            on_delete=models.PROTECT,
            related_name="+",
            null=True,
            blank=True,
        )
    )

    class Meta:
        abstract = True
