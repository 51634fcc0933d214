"""A committee decides, by a motion (CP-3, MC-1)."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Office, Purpose
from workflows.committee_seats.seats import presides
from workflows.models.committees import Committee, SeatTerm
from workflows.stages.base import Stage


class CommitteeSits(Stage):
    """A stage of the committee that its field `committee` names, read by the committee's group."""

    committee: Any

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        return Office(self.committee.office).official_name

    @property
    def deciding_office(self) -> Office:
        return Office(self.committee.office)

    def readers(self, draft: Offering) -> "models.QuerySet[Group]":
        return Group.objects.filter(pk=self.committee.group_id)

    def acts_here(self, draft: Offering, person: Person) -> bool:
        return presides(person, self.committee)

    def may_concern(self, person: Person) -> bool:
        return presides(person, self.committee)

    def waits_for_groups(self, draft: Offering, groups: set[int]) -> bool:
        return True

    def people_to_act(self, draft: Offering) -> "models.QuerySet[User]":
        terms = SeatTerm.objects.on().presiding().filter(seat__committee=self.committee_id)
        return User.objects.filter(pk__in=terms.values("person"), is_active=True)

    def takes_part(self, person: Person, draft: Offering) -> bool:
        terms = SeatTerm.objects.on().held_by(person)
        return bool(terms.filter(seat__committee=self.committee_id).exists())

    def is_read_by(self, person: Person, draft: Offering) -> bool:
        return self.takes_part(person, draft)


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
