"""A gate: it passes by itself once what its clauses ask for is there (MC-6)."""

import contextlib

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task

from credentials.compliance.gates import report_on
from credentials.models import Offering
from credentials.people.actors import Actor, Person
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused
from workflows.stages.base import Stage
from workflows.stages.stage_state import StageState


class GateStage(Stage, Task):
    """Passes by itself once nothing stands under its clauses (MC-6)."""

    clauses = models.CharField(
        gettext_lazy("clauses"),
        max_length=200,
        help_text=gettext_lazy("Numbers of clauses, with commas: MC-6, AD-1."),
    )

    acts = ()
    asks_people = False
    admin_form_fields = [*Task.admin_form_fields, "clauses", *Stage.stage_form_fields]

    class Meta:
        verbose_name = gettext_lazy("gate")
        verbose_name_plural = gettext_lazy("gates")

    @property
    def office_name(self) -> str:
        return ""

    def refusal(self, draft: Offering, user: Person) -> str:
        return _("Nobody decides here: it passes by itself once %(clauses)s is met.") % {
            "clauses": self.clauses
        }

    def may_concern(self, person: Person) -> bool:
        return False

    def takes_part(self, person: Person, draft: Offering) -> bool:
        """Nobody decides at a gate, so the Department sees to what is to be done."""
        return is_in_office(person, Office.DEPARTMENT)

    def lock_message(self, page: Offering) -> str:
        return _(
            "This proposal waits until %(clauses)s is met (%(stage)s) and cannot be edited "
            "meanwhile. To change it, cancel the workflow and submit it again."
        ) % {"clauses": self.clauses, "stage": self.name}

    def waits_for(self) -> str:
        return _("Waits until %(clauses)s is met.") % {"clauses": self.clauses}

    def release(self, state: StageState) -> bool:
        state.pass_by_itself()
        return True

    def after_start(self, state: StageState) -> None:
        """Pass at once when nothing stands; what does stand is waited for."""
        with contextlib.suppress(DecisionRefused):
            state.pass_by_itself(update=False)

    def is_clear(self, draft: Offering) -> bool:
        """Whether no finding that blocks approval stands under its clauses."""
        numbers = {number.strip() for number in self.clauses.split(",")}
        return all(finding.clause not in numbers for finding in report_on(draft).blocks_approval)

    @property
    def actor(self) -> Actor:
        """Who the record says passed it."""
        return Actor("rules", "The policy's rules")

    @classmethod
    def get_description(cls) -> str:
        return _("Waits until clauses of the policy are met, then passes by itself")
