"""Where the ground floor asks upward which workflow a change must take.

The app that decides registers a Wagtail hook, `workflow_for_offering`, taking the offering.
"""

from typing import TYPE_CHECKING, Any

from wagtail import hooks
from wagtail.models import Workflow

if TYPE_CHECKING:
    from credentials.models import Offering

HOOK = "workflow_for_offering"


def workflow_for(offering: "Offering") -> Workflow | None:
    """Return the workflow of the route that this offering's content must take, if any app says."""
    answers: list[Any] = [answer(offering) for answer in hooks.get_hooks(HOOK)]
    return next((workflow for workflow in answers if workflow is not None), None)
