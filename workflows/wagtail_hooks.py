"""Registration only; the work is done in the modules named here."""

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.models import Workflow
from wagtail_modeladmin.options import modeladmin_register

from credentials.models import Offering
from credentials.routing import HOOK as ROUTING_HOOK
from workflows.admin import urls
from workflows.admin.action_menu import ProposalMenuItem
from workflows.admin.page_buttons import retirement_button
from workflows.admin.registers import RegistersGroup
from workflows.approving import approve_and_publish
from workflows.finish import HOOK as FINISH_HOOK
from workflows.ordering import route_of

hooks.register(FINISH_HOOK, approve_and_publish)
hooks.register("register_page_header_buttons", retirement_button)
hooks.register("register_page_listing_more_buttons", retirement_button)
modeladmin_register(RegistersGroup)


@hooks.register(ROUTING_HOOK)
def workflow_for_offering(offering: Offering) -> Workflow | None:
    """The workflow of the route that this content must take."""
    route = route_of(offering)
    return route.workflow if route else None


@hooks.register("register_admin_urls")
def governance_urls() -> list[URLPattern | URLResolver]:
    """Pages of governance in the admin."""
    return [path("governance/", include(urls))]


@hooks.register("register_page_action_menu_item")
def proposal_menu_item() -> ProposalMenuItem:
    """From the editor to the proposal."""
    return ProposalMenuItem(order=5)
