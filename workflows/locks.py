"""Why a page under decision cannot be edited, said to the person who tries."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock


class DecisionLock(WorkflowLock):
    """Holds content still while an office decides on it (law 2)."""

    def get_message(self, user: Any) -> str:
        return _(
            "This proposal is with the %(office)s (%(stage)s) and cannot be edited while it is "
            "under decision. To change it, cancel the workflow and submit it again."
        ) % {"office": self.task.office_name, "stage": self.task.name}

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        return _("Under decision")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return self.get_message(user)
