"""What Wagtail calls when a workflow ends: set WAGTAIL_FINISH_WORKFLOW_ACTION to this function.

Wagtail imports this module while its own models load, so it reaches ours through a hook.
"""

from typing import Any

from wagtail import hooks
from wagtail.workflows import publish_workflow_state

HOOK = "finish_offering_workflow"


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish what was decided; pages that are not offerings end as Wagtail ends them."""
    handled = [handle(workflow_state, user) for handle in hooks.get_hooks(HOOK)]
    if not any(handled):
        publish_workflow_state(workflow_state, user)
