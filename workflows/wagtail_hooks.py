"""Registration only; the work is done in the modules named here."""

from wagtail import hooks
from wagtail.models import Workflow

from credentials.models import Offering
from credentials.routing import HOOK as ROUTING_HOOK
from workflows.approving import approve_and_publish
from workflows.finish import HOOK as FINISH_HOOK
from workflows.ordering import route_of

hooks.register(FINISH_HOOK, approve_and_publish)


@hooks.register(ROUTING_HOOK)
def workflow_for_offering(offering: Offering) -> Workflow | None:
    """The workflow of the route that this content must take."""
    route = route_of(offering)
    return route.workflow if route else None
