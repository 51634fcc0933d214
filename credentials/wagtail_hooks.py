"""Registration only; the work is done in the modules named here."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from credentials.admin import agreement_urls, authoring_actions, private_documents, publishing_guard
from credentials.admin.agreement_register import AgreementAdmin
from credentials.admin.taxonomy import TaxonomyGroup
from credentials.agreements import log_actions as agreement_log
from credentials.importing import admin as importing

register_snippet(TaxonomyGroup)
modeladmin_register(AgreementAdmin)

hooks.register("before_create_page", publishing_guard.save_as_draft_on_create)
hooks.register("before_edit_page", publishing_guard.save_as_draft_on_edit)
hooks.register("before_delete_page", publishing_guard.keep_recorded)
hooks.register("construct_page_action_menu", publishing_guard.hide_publish)
hooks.register("before_serve_document", private_documents.hold_private_document)
hooks.register("register_actions", authoring_actions.register_actions)
hooks.register("register_admin_urls", importing.register_urls)
hooks.register("register_settings_menu_item", importing.menu_item)
hooks.register("register_admin_urls", agreement_urls.register_urls)
hooks.register("register_page_header_buttons", agreement_urls.header_button)
hooks.register("register_log_actions", agreement_log.register_log_actions)
