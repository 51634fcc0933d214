"""Stages of a route, as Wagtail tasks: offices, units, committees, outcomes, gates.

What they share is in `workflows.stage`; each says who decides and when it applies.
"""

import contextlib
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import AbstractGroupApprovalTask, Task

from credentials.compliance.gates import report_on
from credentials.models import Offering
from credentials.people import Actor, Person
from workflows.choices import Office, Outcome, Purpose
from workflows.exceptions import DecisionRefused
from workflows.models.committees import Committee, SeatTerm
from workflows.models.stage import Stage, StageState


class OfficeDecides(Stage):
    """A stage of the office that its field `office` names, in the hands of its `groups`."""

    office: Any
    groups: Any

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        return Office(self.office).official_name

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


class UnitStage(Stage, Task):
    """The academic unit that takes part signs off, through any one of its approvers (DEF-1)."""

    admin_form_fields = [*Task.admin_form_fields, *Stage.stage_form_fields]

    class Meta:
        verbose_name = gettext_lazy("academic unit's sign-off")
        verbose_name_plural = gettext_lazy("academic units' sign-offs")

    @property
    def office_name(self) -> str:
        return Office.UNIT.official_name

    def office_for(self, draft: Offering) -> str:
        return draft.academic_unit.name if draft.academic_unit else self.office_name

    def deciders(self, draft: Offering) -> "models.QuerySet[Group]":
        if draft.academic_unit is None:
            return Group.objects.none()
        return draft.academic_unit.approvers.all()

    @classmethod
    def get_description(cls) -> str:
        return _("The approvers of the offering's academic unit sign off")


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


class CommitteeSits(Stage):
    """A stage of the committee that its field `committee` names, read by the committee's group."""

    committee: Any

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        return Office(self.committee.office).official_name

    def readers(self, draft: Offering) -> "models.QuerySet[Group]":
        return Group.objects.filter(pk=self.committee.group_id)


class CommitteeStage(CommitteeSits, Task):
    """A committee decides, by a motion: no person passes this stage alone (CP-3, MC-1)."""

    committee = models.ForeignKey(
        Committee,
        verbose_name=gettext_lazy("committee"),
        on_delete=models.PROTECT,
        related_name="stages",
    )
    purpose = models.CharField(
        gettext_lazy("motion to"),
        max_length=20,
        choices=Purpose.choices[:2],
        default=Purpose.APPROVE,
    )

    acts = ()
    admin_form_fields = [
        *Task.admin_form_fields,
        "committee",
        "purpose",
        *Stage.stage_form_fields,
    ]

    class Meta:
        verbose_name = gettext_lazy("committee decision")
        verbose_name_plural = gettext_lazy("committee decisions")

    def refusal(self, draft: Offering, user: Person) -> str:
        return _(
            "The %(committee)s decides on it by a motion, in a meeting or by electronic vote."
        ) % {"committee": self.committee.name}

    @classmethod
    def get_description(cls) -> str:
        return _("A committee decides by a motion, with quorum, ballots and recusal")


class InformationStage(CommitteeSits, Task):
    """A committee is informed; whoever presides notes that it received the item (GB-2)."""

    committee = models.ForeignKey(
        Committee,
        verbose_name=gettext_lazy("committee"),
        on_delete=models.PROTECT,
        related_name="information_stages",
    )

    acts = (Outcome.NOTED,)
    admin_form_fields = [*Task.admin_form_fields, "committee", *Stage.stage_form_fields]

    class Meta:
        verbose_name = gettext_lazy("information item")
        verbose_name_plural = gettext_lazy("information items")

    def refusal(self, draft: Offering, user: Person) -> str:
        presiding = SeatTerm.objects.on().presiding().held_by(user)
        if presiding.filter(seat__committee=self.committee_id).exists():
            return ""
        return _("The chair or the secretary of the %(committee)s notes that it was received.") % {
            "committee": self.committee.name
        }

    @classmethod
    def get_description(cls) -> str:
        return _("A committee receives the proposal for information")


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
