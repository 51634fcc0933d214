"""An office decides: the kind of stage that most routes are made of."""

from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask

from credentials.models import Offering
from workflows.choices import Office
from workflows.stages.base import Stage


class OfficeDecides(Stage):
    """A stage of the office that its field `office` names, in the hands of its `groups`."""

    office: Any
    groups: Any

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        return Office(self.office).official_name

    @property
    def deciding_office(self) -> Office:
        return Office(self.office)

    def deciders(self, draft: Offering) -> "models.QuerySet[Group]":
        return self.groups.all()


class OfficeStage(OfficeDecides, AbstractGroupApprovalTask):
    """An office decides through any one member of its groups."""

    office = models.CharField(gettext_lazy("office"), max_length=20, choices=Office.choices)
    authors_may_decide = models.BooleanField(
        gettext_lazy("authors may decide"),
        default=False,
        help_text=gettext_lazy(
            "Only for editorial changes: lets a person decide on a change of their own."
        ),
    )

    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        "office",
        *Stage.stage_form_fields,
        "authors_may_decide",
    ]

    class Meta:
        verbose_name = gettext_lazy("office decision")
        verbose_name_plural = gettext_lazy("office decisions")

    @classmethod
    def get_description(cls) -> str:
        return _("An office decides; the decision is recorded and bound to the content")
