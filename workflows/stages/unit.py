"""The academic unit that takes part signs off (DEF-1)."""

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task

from credentials.models import Offering
from workflows.choices import Office
from workflows.stages.base import Stage


class UnitStage(Stage, Task):
    """The academic unit that takes part signs off, through any one of its approvers (DEF-1)."""

    admin_form_fields = [*Task.admin_form_fields, *Stage.stage_form_fields]

    class Meta:
        verbose_name = gettext_lazy("academic unit's sign-off")
        verbose_name_plural = gettext_lazy("academic units' sign-offs")

    @property
    def office_name(self) -> str:
        return Office.UNIT.official_name

    @property
    def deciding_office(self) -> Office:
        return Office.UNIT

    def office_for(self, draft: Offering) -> str:
        return draft.academic_unit.name if draft.academic_unit else self.office_name

    def deciders(self, draft: Offering) -> "models.QuerySet[Group]":
        if draft.academic_unit is None:
            return Group.objects.none()
        return draft.academic_unit.approvers.all()

    @classmethod
    def get_description(cls) -> str:
        return _("The approvers of the offering's academic unit sign off")
