"""Why a page under decision cannot be edited, said to the person who tries."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from workflows.deciding.events import assignee_of, hold_on


class DecisionLock(WorkflowLock):
    """Holds content still while an office decides on it (law 2)."""

    def get_message(self, user: Any) -> str:
        """Who has it, at which stage, and what to do about it."""
        return " ".join([self._who_has_it(), *self._more()])

    def _who_has_it(self) -> str:
        message: str = self.task.lock_message(self.object.specific)
        return message

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
