"""Registration only; the work is done in the modules named here."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from credentials.admin import named_files, page_chooser, tree_guard
from credentials.admin.agreements import urls as agreement_urls
from credentials.admin.agreements.register import AgreementRegister
from credentials.admin.letters import urls as letter_urls
from credentials.admin.offerings import admission as admission_page
from credentials.admin.offerings import (
    authoring_actions,
    inbox_panel,
    private_documents,
    publishing_guard,
)
from credentials.admin.offerings.offering_views import offering_page_viewset
from credentials.admin.offerings.readiness import offering_list_viewset
from credentials.admin.offerings.taxonomy import TaxonomyGroup
from credentials.admin.osap import home as osap_home
from credentials.admin.osap import urls as osap_urls
from credentials.admin.policy import notice as policy_notice
from credentials.admin.policy import urls as policy_urls
from credentials.admin.tokens import urls as token_urls
from credentials.admin.tokens.register import TokenRegister
from credentials.agreements import log_actions as agreement_log
from credentials.compliance import admission
from credentials.files import sources as file_sources
from credentials.files.named_files import HOOK as FILES_HOOK
from credentials.imports import urls as importing
from credentials.jobs import HOOK as JOBS_HOOK
from credentials.message_occasions import own_occasions
from credentials.message_templates.occasions import HOOK as OCCASIONS_HOOK
from credentials.osap import timeline_entries
from credentials.scheduled import scheduled_jobs
from credentials.timeline import HOOK as TIMELINE_HOOK
from credentials.tokens.wagtails import shut_wagtails_pages
from credentials.verification.checks import HOOK as RECORD_HOOK
from credentials.verification.record_checks import own_checks

register_snippet(TaxonomyGroup)
modeladmin_register(AgreementRegister)
modeladmin_register(TokenRegister)
shut_wagtails_pages()

hooks.register("before_create_page", publishing_guard.save_as_draft_on_create)
hooks.register("before_edit_page", publishing_guard.save_as_draft_on_edit)
hooks.register("before_delete_page", publishing_guard.keep_recorded)
hooks.register("construct_page_action_menu", publishing_guard.hide_publish)
hooks.register("before_unpublish_page", tree_guard.keep_online)
hooks.register("before_move_page", tree_guard.keep_within_reach)
hooks.register("before_bulk_action", tree_guard.keep_all)
hooks.register("register_admin_urls", tree_guard.site_urls, order=-1)
hooks.register("construct_page_chooser_queryset", page_chooser.choosable_pages)
hooks.register("before_serve_document", private_documents.hold_private_document)
hooks.register("register_actions", authoring_actions.register_actions)
hooks.register("register_admin_urls", named_files.register_urls, order=-1)
hooks.register("before_bulk_action", named_files.keep_named)
hooks.register(FILES_HOOK, file_sources.recorded_files)
hooks.register(FILES_HOOK, file_sources.approved_files)
hooks.register("register_admin_urls", importing.register_urls)
hooks.register("register_settings_menu_item", importing.menu_item)
hooks.register("register_admin_urls", agreement_urls.register_urls)
hooks.register("register_page_header_buttons", agreement_urls.header_button)
hooks.register("register_log_actions", agreement_log.register_log_actions)
hooks.register("register_admin_urls", letter_urls.register_urls)
hooks.register("register_settings_menu_item", letter_urls.menu_item)
hooks.register("register_admin_urls", policy_urls.register_urls)
hooks.register("register_admin_menu_item", policy_urls.menu_item)
hooks.register("construct_homepage_panels", policy_notice.add_notice)
hooks.register("construct_homepage_panels", inbox_panel.add_panel)
hooks.register("register_admin_urls", admission_page.register_urls)
hooks.register("register_page_header_buttons", admission_page.header_button)
hooks.register("register_log_actions", admission.register_log_actions)
hooks.register(OCCASIONS_HOOK, own_occasions)
hooks.register(JOBS_HOOK, scheduled_jobs)
hooks.register("register_admin_urls", osap_urls.register_urls)
hooks.register("register_admin_menu_item", osap_urls.menu_item)
hooks.register("register_page_header_buttons", osap_urls.header_button)
hooks.register("construct_homepage_panels", osap_home.add_panel)
hooks.register(TIMELINE_HOOK, timeline_entries.timeline_sources)
hooks.register(RECORD_HOOK, own_checks)
hooks.register("register_admin_urls", token_urls.register_urls)
hooks.register("register_account_menu_item", token_urls.account_item)


@hooks.register("register_admin_viewset")
def offering_viewsets() -> list[ViewSet]:
    """The editor with its findings, and the listing of all offerings."""
    return [offering_page_viewset, offering_list_viewset]
