"""Sections that a clause asks to be filled, named by the policy version (PA-1 to PA-11, CP-2)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.scope import governed_here
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

# How the editor calls each field; see credentials/models.
NAMES = {
    "summary": gettext_lazy("summary"),
    "description": gettext_lazy("purpose and description"),
    "audience": gettext_lazy("who it is for"),
    "admission_requirements": gettext_lazy("admission and progression requirements"),
    "competency": gettext_lazy("competency"),
    "criteria": gettext_lazy("criteria"),
    "assessed_how": gettext_lazy("when, where and how it is assessed"),
    "curriculum": gettext_lazy("curriculum"),
    "award_kind": gettext_lazy("awarded on completion"),
    "additional_requirements": gettext_lazy("additional requirements"),
    "delivery_modes": gettext_lazy("delivery"),
    "hours": gettext_lazy("hours of learning"),
    "fee": gettext_lazy("fee"),
    "rationale": gettext_lazy("reason for this proposal"),
    "need_evidence": gettext_lazy("evidence of need"),
    "objectives": gettext_lazy("objectives"),
    "stakeholders": gettext_lazy("stakeholders"),
    "typical_student": gettext_lazy("the typical student"),
    "program_outcomes": gettext_lazy("program learning outcomes"),
    "curriculum_design": gettext_lazy("curriculum and measurable outcomes"),
    "assessment_evaluation": gettext_lazy("assessment and evaluation"),
    "continuous_improvement": gettext_lazy("continuous improvement"),
    "review_accreditation": gettext_lazy("program review and accreditation"),
    "compliance_legal": gettext_lazy("compliance and legal"),
    "communication_transparency": gettext_lazy("communication and transparency"),
    "monitoring_reporting": gettext_lazy("monitoring and reporting"),
    "external_reference": gettext_lazy("curriculum system reference"),
}


@rule(
    "filled",
    gettext_lazy("A field is filled in"),
    applies=governed_here,
    uses=frozenset({Uses.FIELD}),
)
def filled(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The field that the terms name is not empty."""
    if terms.field not in view.filled:
        yield Gap(
            _("Fill in “%(section)s”: the policy asks for it.") % {"section": NAMES[terms.field]},
            Place(terms.field),
        )
