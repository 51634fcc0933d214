"""Registers of what was decided and published: read, filtered, exported, never edited (law 3)."""

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from credentials.admin.registers import Register
from credentials.models import Approval, PublishedVersion
from credentials.record.content_hashes import ContentHashes
from workflows.committee.outcome_words import explain
from workflows.models import Bundle, Decision, DecisionLetter, Motion, RetirementRequest

HASHES = frozenset(field.name for field in ContentHashes._meta.local_fields)


class RecordAdmin(Register):
    """What the registers share."""

    inspect_view_enabled = True
    list_select_related: Any = ("offering",)
    index_view_extra_css = ["workflows/registers.css"]

    def get_inspect_view_fields(self) -> list[str]:
        """What people can read, hashes last: keys are for exports, where rows are joined."""
        names: list[str] = super().get_inspect_view_fields()
        names = [name for name in names if name != "id" and not name.endswith("_key")]
        return sorted(names, key=HASHES.__contains__)


class DecisionAdmin(RecordAdmin):
    """Every stage's decision."""

    model = Decision
    menu_label = _("Decisions")
    menu_icon = "clipboard-list"
    list_display = ("decided_at", "offering", "stage", "who", "outcome")
    list_filter = ("outcome", "route", "office", "decided_at")
    search_fields = ("offering__title", "decided_by_name", "comment")
    list_export = (
        "decided_at",
        "offering",
        "route",
        "stage",
        "office",
        "instrument",
        "decided_by_name",
        "by_token",
        "outcome",
        "returned_to",
        "comment",
        "policy_version",
        "content_hash",
    )

    @admin.display(description=_("decided by"), ordering="decided_by_name")
    def who(self, decision: Decision) -> str:
        """Who decided, and by which token if by one."""
        return decision.decided_by


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


class MotionAdmin(RecordAdmin):
    """Motions with what became of them, in figures and in words."""

    model = Motion
    menu_label = _("Motions")
    menu_icon = "group"
    list_display = ("motion_link", "committee", "method", "opened_at", "outcome", "in_words")
    list_filter = ("committee", "purpose", "method", "result__outcome", "opened_at")
    search_fields = ("subject", "text", "opened_by_name")
    inspect_view_fields_exclude = ("content",)
    list_select_related = ("committee", "result")
    list_export = (
        "subject",
        "purpose",
        "committee",
        "method",
        "opened_at",
        "opened_by_name",
        "by_token",
        "moved_by",
        "seconded_by",
        "outcome",
        "in_words",
        "policy_version",
        "content_hash",
    )

    @admin.display(description=_("motion"), ordering="subject")
    def motion_link(self, motion: Motion) -> str:
        """What it is about, leading to its page."""
        address = reverse("governance:motion", args=[motion.pk])
        return format_html('<a href="{}">{}</a>', address, str(motion))

    @admin.display(description=_("outcome"))
    def outcome(self, motion: Motion) -> str:
        """What became of it."""
        return str(_("Open") if motion.is_open else motion.result.get_outcome_display())

    @admin.display(description=_("in words"))
    def in_words(self, motion: Motion) -> str:
        """The figures as one sentence."""
        return "" if motion.is_open else explain(motion.result)


class BundleAdmin(RecordAdmin):
    """Bundles and what became of them."""

    model = Bundle
    menu_label = _("Bundles")
    menu_icon = "link"
    list_display = ("bundle_link", "external_reference", "state", "made_by_name", "made_at")
    list_filter = ("state", "made_at")
    search_fields = ("title", "external_reference")
    list_select_related = False
    list_export = ("title", "external_reference", "state", "made_by_name", "made_at", "closed_at")

    @admin.display(description=_("title"), ordering="title")
    def bundle_link(self, bundle: Bundle) -> str:
        """The title, leading to its page."""
        return format_html(
            '<a href="{}">{}</a>', reverse("governance:bundle", args=[bundle.pk]), bundle.title
        )


class LetterAdmin(RecordAdmin):
    """Decision letters, as they were sent."""

    model = DecisionLetter
    menu_label = _("Decision letters")
    menu_icon = "mail"
    list_display = ("letter_link", "subject", "made_at")
    list_filter = ("made_at",)
    search_fields = ("reference", "subject")
    list_export = ("reference", "subject", "addressees", "made_at")

    @admin.display(description=_("reference"), ordering="reference")
    def letter_link(self, letter: DecisionLetter) -> str:
        """The reference, leading to the letter."""
        address = reverse("governance:letter", args=[letter.pk])
        return format_html('<a href="{}">{}</a>', address, letter.reference)
