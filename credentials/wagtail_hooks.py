"""Registration only; the work is done in the modules named here."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from credentials.admin import authoring_actions, publishing_guard
from credentials.admin.taxonomy import TaxonomyGroup

register_snippet(TaxonomyGroup)

hooks.register("before_create_page", publishing_guard.save_as_draft_on_create)
hooks.register("before_edit_page", publishing_guard.save_as_draft_on_edit)
hooks.register("construct_page_action_menu", publishing_guard.hide_publish)
hooks.register("register_actions", authoring_actions.register_actions)
