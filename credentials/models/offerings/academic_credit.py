"""How an offering relates to degrees and diplomas (DEF-7, DEF-8, FA-1, SC-2)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.record.classification import governed, internal


class AcademicCredit(models.Model):
    """Outcomes of the process for academic credit, recorded and not decided again."""

    iqap_reference = governed(
        models.CharField(_("IQAP reference"), max_length=100, blank=True, help_text=_("FA-1, SC-2"))
    )
    iqap_date = governed(models.DateField(_("IQAP decision date"), null=True, blank=True))
    iqap_document = internal(
        models.ForeignKey(
            getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
            verbose_name=_("IQAP document"),
            on_delete=models.PROTECT,
            related_name="+",
            null=True,
            blank=True,
        )
    )
    parent_program = governed(
        models.CharField(
            _("part of the program"),
            max_length=200,
            blank=True,
            help_text=_("The degree or diploma it belongs to, if any. FA-1"),
        )
    )
    in_new_program = governed(
        models.BooleanField(
            _("the program is new"),
            default=False,
            db_default=False,
            help_text=_(
                "The degree or diploma is being proposed too: its own approval decides, and the "
                "Committee is informed. GB-1"
            ),
        ),
        later=True,
    )
    relative_weight = governed(
        models.CharField(
            _("weight toward a degree"),
            max_length=100,
            blank=True,
            help_text=_("For a not-for-credit course that counts toward a degree. DEF-8"),
        )
    )
    relative_weight_approval = internal(
        models.CharField(
            _("academic unit's approval of the weight"),
            max_length=200,
            blank=True,
            help_text=_("Reference and date. DEF-8"),
        )
    )

    class Meta:
        abstract = True
