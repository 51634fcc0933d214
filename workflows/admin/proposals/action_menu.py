"""The editor's footer: from a proposal to where it is read and decided."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from credentials.models import Offering
from workflows.deciding.stage_reading import StageReading
from workflows.proposals.permissions import takes_part
from workflows.stages.current_stage import stage_state_of


class RouteMenuItem(ActionMenuItem):
    """Opens the same page for a draft, where its author sees the route that it will take (MC-2)."""

    name = "action-route"
    label = _("See its route")
    icon_name = "clipboard-list"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, Offering):
            return False
        return page.has_unpublished_changes and not page.workflow_in_progress

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("governance:proposal", args=[parent_context["page"].pk])


class ProposalMenuItem(ActionMenuItem):
    """Opens the proposal page; shown although the editor is locked, that being the point."""

    name = "action-proposal"
    label = _("Review and decide")
    label_of_others = _("See where it stands")
    icon_name = "clipboard-list"

    def is_shown(self, context: dict[str, Any]) -> bool:
        page = context.get("page")
        return (
            context["view"] == "edit" and isinstance(page, Offering) and page.workflow_in_progress
        )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Its authors, and other offices, are not promised a decision."""
        context: dict[str, Any] = super().get_context_data(parent_context)
        state = stage_state_of(parent_context["page"])
        if state is None or not takes_part(parent_context["request"].user, StageReading(state)):
            context["label"] = self.label_of_others
        return context

    def get_url(self, parent_context: dict[str, Any]) -> str:
        return reverse("governance:proposal", args=[parent_context["page"].pk])
