"""The editor's tabs, in the order in which a person thinks of an offering."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    TitleFieldPanel,
)
from wagtail.models import Page

from credentials.models.offerings.protocol import ProtocolSections
from credentials.models.offerings.stack_panel import StackPanel

ABOUT, OUTCOMES, STRUCTURE, DELIVERY, PROPOSAL = (
    "about",
    "outcomes",
    "structure",
    "delivery",
    "proposal",
)


def offering_tabs(extra: dict[str, list[Any]]) -> list[tuple[Any, list[Any]]]:
    """Return (heading, panels) for each tab; `extra` appends a page type's panels by tab name."""
    tabs = [
        (ABOUT, _("About"), _about()),
        (OUTCOMES, _("Outcomes and assessment"), _outcomes()),
        (STRUCTURE, _("Structure"), _structure()),
        (DELIVERY, _("Delivery and cost"), _delivery()),
        (PROPOSAL, _("Proposal (internal)"), _proposal()),
    ]
    return [(heading, [*panels, *extra.get(name, [])]) for name, heading, panels in tabs] + [
        (_("Promote"), [*Page.promote_panels, CommentPanel()])
    ]


def _about() -> list[Any]:
    return [
        TitleFieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("credit_basis")]),
        FieldRowPanel([FieldPanel("academic_unit"), FieldPanel("language")]),
        InlinePanel("partners", heading=_("Partners"), label=_("partner")),
        FieldPanel("audience"),
        FieldPanel("admission_requirements"),
        FieldPanel("contact_email"),
        FieldPanel("image"),
    ]


def _outcomes() -> list[Any]:
    return [
        InlinePanel("outcomes", heading=_("Learning outcomes"), label=_("outcome")),
        InlinePanel("assessments", heading=_("Assessments"), label=_("assessment")),
        InlinePanel("offering_skills", heading=_("Skills"), label=_("skill")),
        FieldPanel("curriculum"),
    ]


def _structure() -> list[Any]:
    return [
        FieldPanel("award_kind"),
        FieldPanel("stacking_approach"),
        InlinePanel("components", heading=_("Components"), label=_("component")),
        InlinePanel(
            "requirement_groups", heading=_("Requirement groups"), label=_("requirement group")
        ),
        InlinePanel("prerequisites", heading=_("Prerequisites"), label=_("prerequisite")),
        FieldPanel("additional_requirements"),
        StackPanel(heading=_("The stack as last saved")),
        MultiFieldPanel(
            [
                FieldPanel("iqap_reference"),
                FieldPanel("iqap_date"),
                FieldPanel("iqap_document"),
                FieldPanel("parent_program"),
                FieldPanel("in_new_program"),
                FieldPanel("relative_weight"),
                FieldPanel("relative_weight_approval"),
            ],
            heading=_("Academic credit"),
            classname="collapsed",
        ),
    ]


def _delivery() -> list[Any]:
    return [
        FieldPanel("delivery_modes"),
        FieldRowPanel([FieldPanel("hours"), FieldPanel("weeks")]),
        FieldRowPanel([FieldPanel("fee"), FieldPanel("fee_note")]),
        InlinePanel("sessions", heading=_("Sessions"), label=_("session")),
        FieldPanel("osap_eligible"),
        MultiFieldPanel(
            [FieldPanel("contracted_for"), FieldPanel("governing_policy")],
            heading=_("Contracted delivery"),
            classname="collapsed",
        ),
    ]


def _proposal() -> list[Any]:
    return [*ProtocolSections.protocol_panels, FieldPanel("admission_consultation")]
