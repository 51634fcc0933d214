"""A kind of stage that no room of ours knows: one named person decides."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from wagtail.models import Task

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.stages.base import Stage


class NamedPersonStage(Stage, Task):
    """One person decides, whatever groups they are in."""

    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    admin_form_fields = [*Task.admin_form_fields, "decider", *Stage.stage_form_fields]

    @property
    def office_name(self) -> str:
        return "Dean of Nursing"

    def refusal(self, draft: Offering, user: Person) -> str:
        return "" if self.takes_part(user, draft) else "Only the Dean of Nursing decides here."

    def may_concern(self, person: Person) -> bool:
        return self.decider_id == person.pk

    def waits_for_groups(self, draft: Offering, groups: set[int]) -> bool:
        return True

    def people_to_act(self, draft: Offering) -> "models.QuerySet[User]":
        return User.objects.filter(pk=self.decider_id, is_active=True)

    def takes_part(self, person: Person, draft: Offering) -> bool:
        return self.decider_id == person.pk

    def is_read_by(self, person: Person, draft: Offering) -> bool:
        return self.decider_id == person.pk

    @classmethod
    def get_description(cls) -> str:
        return "One named person decides"
