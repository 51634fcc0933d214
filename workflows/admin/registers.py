"""Registers of what was decided and published: read, filtered, exported, never edited (law 3)."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from credentials.models import Approval, PublishedVersion
from credentials.people import Person
from workflows.models import Decision, RetirementRequest


class ReadOnlyPermissions(PermissionHelper):
    """Nobody adds, edits or deletes a row of the record by hand, superusers included."""

    def user_can_list(self, user: Person) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_create(self, user: Person) -> bool:
        return False

    def user_can_inspect_obj(self, user: Person, obj: models.Model) -> bool:
        return self.user_can_list(user)

    def user_can_edit_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Person, obj: models.Model) -> bool:
        return False

    def user_can_copy_obj(self, user: Person, obj: models.Model) -> bool:
        return False


class RecordAdmin(ModelAdmin):
    """What the registers share."""

    permission_helper_class = ReadOnlyPermissions
    inspect_view_enabled = True
    list_select_related: Any = ("offering",)
    list_per_page = 50


class DecisionAdmin(RecordAdmin):
    """Every stage's decision."""

    model = Decision
    menu_label = _("Decisions")
    menu_icon = "clipboard-list"
    list_display = ("decided_at", "offering", "stage", "decided_by_name", "outcome")
    list_filter = ("outcome", "office", "decided_at")
    search_fields = ("offering__title", "decided_by_name", "comment")
    list_export = (
        "decided_at",
        "offering",
        "route",
        "stage",
        "office",
        "instrument",
        "decided_by_name",
        "outcome",
        "comment",
        "policy_version",
        "content_hash",
    )


class ApprovalAdmin(RecordAdmin):
    """Every approval; each leads to the content that was approved."""

    model = Approval
    inspect_view_fields_exclude = ("content",)
    menu_label = _("Approvals")
    menu_icon = "success"
    list_display = ("reference_link", "decided_at", "offering", "action", "authority")
    list_filter = ("action", "authority", "decided_at")
    search_fields = ("reference", "offering__title", "decided_by_name")
    list_export = (
        "reference",
        "decided_at",
        "offering",
        "action",
        "authority",
        "instrument",
        "decided_by_name",
        "route",
        "policy_version",
        "content_hash",
    )

    @admin.display(description=_("reference"), ordering="reference")
    def reference_link(self, approval: Approval) -> str:
        """The reference, leading to what exactly was approved."""
        address = reverse("governance:approval", args=[approval.pk])
        return format_html('<a href="{}">{}</a>', address, approval.reference)


class PublishedVersionAdmin(RecordAdmin):
    """The ledger."""

    model = PublishedVersion
    menu_label = _("Published versions")
    menu_icon = "history"
    inspect_view_fields_exclude = ("document",)
    list_display = ("sequence", "offering", "number", "event", "valid_from")
    list_filter = ("event", "valid_from")
    search_fields = ("offering__title",)
    list_select_related = ("offering", "approval")
    list_export = ("sequence", "offering", "number", "event", "valid_from", "content_hash")


class RetirementAdmin(RecordAdmin):
    """Requests to retire or withdraw, each with its page."""

    model = RetirementRequest
    menu_label = _("Retirement requests")
    menu_icon = "cross"
    list_display = ("request_link", "action", "requested_by_name", "requested_at", "standing")
    list_filter = ("action", "requested_at")
    search_fields = ("offering__title", "note")
    list_export = ("offering", "action", "requested_by_name", "requested_at", "standing", "note")
    list_select_related = ("offering", "decision__decision")

    @admin.display(description=_("offering"))
    def request_link(self, request: RetirementRequest) -> str:
        """The offering's title, leading to the request."""
        address = reverse("governance:retirement", args=[request.pk])
        return format_html('<a href="{}">{}</a>', address, request.offering.title)

    @admin.display(description=_("standing"))
    def standing(self, request: RetirementRequest) -> str:
        """Whether and how it was decided."""
        decided = getattr(request, "decision", None)
        return str(decided.decision.get_outcome_display() if decided else _("To be decided"))


class RegistersGroup(ModelAdminGroup):
    """One menu entry for the record."""

    menu_label = _("Registers")
    menu_icon = "folder-open-inverse"
    menu_order = 340
    items = (DecisionAdmin, ApprovalAdmin, PublishedVersionAdmin, RetirementAdmin)
