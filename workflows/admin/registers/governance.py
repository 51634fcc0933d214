"""Registers of what was decided and published: read, filtered, exported, never edited (law 3)."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from credentials.admin.registers import Column, Register, exported, listed
from credentials.models import Approval, PublishedVersion
from credentials.record.content_hashes import ContentHashes
from workflows.committee.outcome_words import explain
from workflows.models import Bundle, Decision, DecisionLetter, Motion, RetirementRequest

HASHES = frozenset(field.name for field in ContentHashes._meta.local_fields)


class RecordRegister(Register):
    """What the registers share."""

    served: ClassVar[tuple[str, ...]] = ("index", "inspect")
    list_select_related: Any = ("offering",)

    @admin.display(description=_("offering"), ordering="offering__title")
    def offering_title(self, row: Any) -> str:
        """The title of the row's offering."""
        return str(row.offering.title)

    def get_inspect_view_fields(self) -> list[str]:
        """What people can read, hashes last: keys are for exports, where rows are joined."""
        names: list[str] = super().get_inspect_view_fields()
        names = [name for name in names if name != "id" and not name.endswith("_key")]
        return sorted(names, key=HASHES.__contains__)


class DecisionRegister(RecordRegister):
    """Every stage's decision."""

    model = Decision
    menu_label = _("Decisions")
    menu_icon = "clipboard-list"
    columns = (
        "decided_at",
        "offering",
        exported("route"),
        "stage",
        listed("who"),
        exported("office"),
        exported("instrument"),
        exported("decided_by_name"),
        exported("by_token"),
        "outcome",
        exported("returned_to"),
        exported("comment"),
        exported("policy_version"),
        exported("content_hash"),
    )
    list_filter = ("outcome", "route", "office", "decided_at")
    search_fields = ("offering__title", "decided_by_name", "comment")

    @admin.display(description=_("decided by"), ordering="decided_by_name")
    def who(self, decision: Decision) -> str:
        """Who decided, and by which token if by one."""
        return decision.decided_by


class ApprovalRegister(RecordRegister):
    """Every approval; each leads to the content that was approved."""

    model = Approval
    inspect_view_fields_exclude = ("content",)
    menu_label = _("Approvals")
    menu_icon = "success"
    columns = (
        Column("reference", page="governance:approval"),
        "decided_at",
        "offering",
        "action",
        "authority",
        exported("instrument"),
        exported("decided_by_name"),
        exported("route"),
        exported("policy_version"),
        exported("content_hash"),
    )
    list_filter = ("action", "authority", "decided_at")
    search_fields = ("reference", "offering__title", "decided_by_name")


class PublishedVersionRegister(RecordRegister):
    """The ledger."""

    model = PublishedVersion
    menu_label = _("Published versions")
    menu_icon = "history"
    inspect_view_fields_exclude = ("document",)
    columns = (
        "sequence",
        "offering",
        "number",
        "event",
        "valid_from",
        exported("content_hash"),
    )
    list_filter = ("event", "valid_from")
    search_fields = ("offering__title",)
    list_select_related = ("offering", "approval")


class RetirementRegister(RecordRegister):
    """Requests to retire or withdraw, each with its page."""

    model = RetirementRequest
    menu_label = _("Retirement requests")
    menu_icon = "cross"
    columns = (
        Column("offering_title", page="governance:retirement"),
        "action",
        "requested_by_name",
        "requested_at",
        "standing",
        exported("note"),
    )
    list_filter = ("action", "requested_at")
    search_fields = ("offering__title", "note")
    list_select_related = ("offering", "decision__decision")

    @admin.display(description=_("standing"))
    def standing(self, request: RetirementRequest) -> str:
        """Whether and how it was decided."""
        decided = getattr(request, "decision", None)
        return str(decided.decision.get_outcome_display() if decided else _("To be decided"))


class MotionRegister(RecordRegister):
    """Motions with what became of them, in figures and in words."""

    model = Motion
    menu_label = _("Motions")
    menu_icon = "group"
    columns = (
        Column("motion", page="governance:motion", in_exports=False),
        exported("subject"),
        exported("purpose"),
        "committee",
        "method",
        "opened_at",
        exported("opened_by_name"),
        exported("by_token"),
        exported("moved_by"),
        exported("seconded_by"),
        "outcome",
        "in_words",
        exported("policy_version"),
        exported("content_hash"),
    )
    list_filter = ("committee", "purpose", "method", "result__outcome", "opened_at")
    search_fields = ("subject", "text", "opened_by_name")
    inspect_view_fields_exclude = ("content",)
    list_select_related = ("committee", "result")

    @admin.display(description=_("motion"), ordering="subject")
    def motion(self, motion: Motion) -> str:
        """What the motion is about."""
        return str(motion)

    @admin.display(description=_("outcome"))
    def outcome(self, motion: Motion) -> str:
        """The result of its vote, or that it is open."""
        return str(_("Open") if motion.is_open else motion.result.get_outcome_display())

    @admin.display(description=_("in words"))
    def in_words(self, motion: Motion) -> str:
        """The figures as one sentence."""
        return "" if motion.is_open else explain(motion.result)


class BundleRegister(RecordRegister):
    """Bundles and what became of them."""

    model = Bundle
    menu_label = _("Bundles")
    menu_icon = "link"
    columns = (
        Column("title", page="governance:bundle"),
        "external_reference",
        "state",
        "made_by_name",
        "made_at",
        exported("closed_at"),
    )
    list_filter = ("state", "made_at")
    search_fields = ("title", "external_reference")
    list_select_related = False


class LetterRegister(RecordRegister):
    """Decision letters, as they were sent."""

    model = DecisionLetter
    menu_label = _("Decision letters")
    menu_icon = "mail"
    columns = (
        Column("reference", page="governance:letter"),
        "subject",
        exported("addressees"),
        "made_at",
    )
    list_filter = ("made_at",)
    search_fields = ("reference", "subject")
