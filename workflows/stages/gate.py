"""A gate: it passes by itself once what its clauses ask for is there (MC-6)."""

import contextlib

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task

from credentials.compliance.gates import report_on
from credentials.models import Offering
from credentials.people.actors import Actor, Person
from workflows.exceptions import DecisionRefused
from workflows.stages.base import Stage, StageState


class GateStage(Stage, Task):
    """Passes by itself once nothing stands under its clauses (MC-6)."""

    clauses = models.CharField(
        gettext_lazy("clauses"),
        max_length=200,
        help_text=gettext_lazy("Numbers of clauses, with commas: MC-6, AD-1."),
    )

    acts = ()
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
