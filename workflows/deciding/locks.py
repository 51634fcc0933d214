"""Why a page under decision cannot be edited, said to the person who tries."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from workflows.deciding.events import assignee_of, hold_on
from workflows.deciding.position import is_gate


class DecisionLock(WorkflowLock):
    """Holds content still while an office decides on it (law 2)."""

    def get_message(self, user: Any) -> str:
        """Who has it, at which stage, and what to do about it."""
        return " ".join([self._who_has_it(), *self._more()])

    def _who_has_it(self) -> str:
        if is_gate(self.task):
            return _(
                "This proposal waits until %(clauses)s is met (%(stage)s) and cannot be edited "
                "meanwhile. To change it, cancel the workflow and submit it again."
            ) % {"clauses": self.task.clauses, "stage": self.task.name}
        return _(
            "This proposal is with the %(office)s (%(stage)s) and cannot be edited while it is "
            "under decision. To change it, cancel the workflow and submit it again."
        ) % {"office": self.task.office_for(self.object.specific), "stage": self.task.name}

    def _more(self) -> list[str]:
        """Whom of the office it was assigned to, and who put it on hold."""
        state = self.object.current_workflow_task_state
        if state is None:
            return []
        said = []
        if assigned := assignee_of(state):
            said.append(_("It is assigned to %(name)s.") % {"name": assigned.to_name})
        if held := hold_on(str(state.workflow_state_id)):
            said.append(
                _("%(name)s put it on hold: %(reason)s")
                % {"name": held.by_name, "reason": held.text}
            )
        return said

    def get_locked_by(self, user: Any, can_lock: bool = False) -> str:
        return _("Under decision")

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return self.get_message(user)
