"""Registration only; the work is done in the modules named here."""

from functools import partial

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.models import Workflow
from wagtail_modeladmin.options import modeladmin_register

from credentials.files.named_files import HOOK as FILES_HOOK
from credentials.jobs import HOOK as JOBS_HOOK
from credentials.message_templates.occasions import EXAMPLES_HOOK
from credentials.message_templates.occasions import HOOK as OCCASIONS_HOOK
from credentials.models import Offering
from credentials.routing import HOOK as ROUTING_HOOK
from credentials.timeline import HOOK as TIMELINE_HOOK
from credentials.verification.checks import HOOK as RECORD_HOOK
from workflows.admin import urls
from workflows.admin.annual_report import pages
from workflows.admin.committees.register import CommitteeRegister
from workflows.admin.home.menu import committee_menu
from workflows.admin.home.notification_preferences import GovernancePanel
from workflows.admin.home.panels import add_panels
from workflows.admin.proposals.action_menu import ProposalMenuItem, RouteMenuItem
from workflows.admin.proposals.new_words import NewWordsItem
from workflows.admin.proposals.page_buttons import retirement_button
from workflows.admin.proposals.sent_back import tell_of_changes
from workflows.admin.registers.group import RegistersGroup
from workflows.admin.registers.jobs import JobRunRegister, jobs_menu_item, warn_of_jobs
from workflows.admin.registers.timeline import timeline_button
from workflows.admin.reports.urls import REPORTS, ReportItem
from workflows.admin.reviews.panel import add_reviews, tell_of_revision
from workflows.deciding.position import route_of
from workflows.jobs.scheduled import messages_and_upkeep, scheduled_jobs
from workflows.letters.examples import letter_examples
from workflows.message_occasions import workflow_occasions
from workflows.named_files import files_voted_on, proposed_files, submitted_files
from workflows.proposals.finish import HOOK as FINISH_HOOK
from workflows.proposals.publication import approve_and_publish
from workflows.reviews.history import review_sources
from workflows.timeline.sources import timeline_sources
from workflows.verification.record_checks import record_checks

hooks.register(OCCASIONS_HOOK, workflow_occasions)
hooks.register(EXAMPLES_HOOK, letter_examples)
hooks.register(FINISH_HOOK, approve_and_publish)
hooks.register("register_page_header_buttons", retirement_button)
hooks.register("register_page_listing_more_buttons", retirement_button)
hooks.register("register_page_header_buttons", timeline_button)
hooks.register("construct_homepage_panels", add_panels)
hooks.register("construct_homepage_panels", add_reviews)
hooks.register("before_edit_page", tell_of_revision)
hooks.register("before_edit_page", tell_of_changes)
hooks.register("register_admin_menu_item", committee_menu)
hooks.register("register_account_settings_panel", GovernancePanel)
hooks.register(JOBS_HOOK, scheduled_jobs)
hooks.register(TIMELINE_HOOK, timeline_sources)
hooks.register(TIMELINE_HOOK, review_sources)
hooks.register(RECORD_HOOK, record_checks)
hooks.register(FILES_HOOK, proposed_files)
hooks.register(FILES_HOOK, files_voted_on)
hooks.register(FILES_HOOK, submitted_files)
hooks.register(JOBS_HOOK, messages_and_upkeep, order=100)
hooks.register("register_reports_menu_item", pages.menu_item)
hooks.register("register_reports_menu_item", NewWordsItem)
modeladmin_register(RegistersGroup)
modeladmin_register(JobRunRegister)
modeladmin_register(CommitteeRegister)
hooks.register("register_settings_menu_item", jobs_menu_item)
hooks.register("construct_homepage_panels", warn_of_jobs)
for report in REPORTS:
    hooks.register("register_reports_menu_item", partial(ReportItem, report))


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


@hooks.register("register_page_action_menu_item")
def route_menu_item() -> RouteMenuItem:
    """From a draft to the route that it will take."""
    return RouteMenuItem(order=900)
