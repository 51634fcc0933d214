"""A committee is informed (GB-2)."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Task

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Outcome
from workflows.models.committees import Committee, SeatTerm
from workflows.stages.base import Stage
from workflows.stages.committee import CommitteeSits


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
