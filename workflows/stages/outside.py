"""An outside body decided, and an office writes it down (GB-1, FA-1)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask

from workflows.choices import Office, Outcome
from workflows.stages.base import Stage
from workflows.stages.office import OfficeDecides


class OutcomeStage(OfficeDecides, AbstractGroupApprovalTask):
    """An office writes down what an outside body decided: it is not decided again (GB-1)."""

    office = models.CharField(
        gettext_lazy("office that records it"), max_length=20, choices=Office.choices
    )
    body = models.CharField(
        gettext_lazy("body that decides"),
        max_length=200,
        help_text=gettext_lazy("Such as “Academic Council”."),
    )

    acts = (Outcome.RECORDED, Outcome.CHANGES_REQUESTED)
    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        "office",
        "body",
        *Stage.stage_form_fields,
    ]

    class Meta:
        verbose_name = gettext_lazy("recorded outcome of an outside body")
        verbose_name_plural = gettext_lazy("recorded outcomes of outside bodies")

    @classmethod
    def get_description(cls) -> str:
        return _("An office records the date, reference and document of an outside decision")
