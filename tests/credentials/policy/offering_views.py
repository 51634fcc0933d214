"""Offerings as rules read them, complete under the policy; and one rule of a clause at a time."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

from credentials.choices import (
    AssessmentKind,
    AssociationBasis,
    AwardKind,
    Category,
    CreditBasis,
    DeliveryMode,
    Duty,
    Kind,
    PartyKind,
)
from credentials.policy.admission import Authority
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Finding, Place
from credentials.policy.terms import PolicyTerms, RuleTerms
from credentials.policy.view import (
    SECTIONS,
    Agreement,
    Assessment,
    OfferingView,
    Outcome,
    Party,
    SignOff,
)
from tests.credentials.policy.first_terms import default_terms

TODAY = datetime.date(2025, 3, 31)
YESTERDAY = TODAY - datetime.timedelta(days=1)
TOMORROW = TODAY + datetime.timedelta(days=1)

DEPARTMENT = "Continuous Learning Department"
UNIT = "School of Water Studies"
EMPLOYER = "Harbour Pumps Cooperative"
AUTHORITIES = {
    "AD-1": Authority(DEPARTMENT, "AD-1"),
    "AD-2": Authority(UNIT, "AD-2", consults=DEPARTMENT),
    "AD-3": Authority(UNIT, "AD-3", consults=DEPARTMENT),
    "AD-4": Authority(UNIT, "AD-4"),
}
AGREEMENT = Agreement(
    number=1,
    is_open=True,
    starts_on=datetime.date(2025, 1, 1),
    ends_on=None,
    learning_system="Campus Learn",
    parties=(
        Party(
            DEPARTMENT,
            PartyKind.DEPARTMENT,
            frozenset(Duty.values) - {Duty.DEVELOPMENT},
            has_signed=True,
        ),
        Party(EMPLOYER, PartyKind.PARTNER, frozenset({Duty.DEVELOPMENT}), has_signed=True),
    ),
)
CATEGORIES = {
    Kind.CERTIFICATE_PROGRAM: Category.CERTIFICATE_PROGRAM,
    Kind.COURSE: Category.NAC_COURSE,
    Kind.MICRO_CREDENTIAL: Category.NAC_MICRO_CREDENTIAL,
    Kind.DIGITAL_BADGE: Category.NAC_MICRO_CREDENTIAL,
}
AWARDS = {
    Kind.CERTIFICATE_PROGRAM: AwardKind.CERTIFICATE,
    Kind.COURSE: AwardKind.CERTIFICATE_OF_COMPLETION,
    Kind.MICRO_CREDENTIAL: AwardKind.MICRO_CREDENTIAL,
    Kind.DIGITAL_BADGE: AwardKind.DIGITAL_BADGE,
}

# What makes a complete offering another one, which is complete too.
FOR_CREDIT: dict[str, Any] = {
    "credit_basis": CreditBasis.FAC,
    "unit": UNIT,
    "authority": AUTHORITIES["AD-4"],
    "sign_off": SignOff(UNIT, fits=True),
    "iqap_reference": "IQAP 2024-17",
    "iqap_date": datetime.date(2024, 11, 5),
    "has_iqap_document": True,
    "parent_program": "Diploma in Water Studies",
}
CONTRACTED: dict[str, Any] = {
    "contracted_for": "Office of Student Housing",
    "governing_policy": "Staff Training Policy",
}
AGREEMENT_PAGE = Place("agreement", page="agreement")
ADMISSION_PAGE = Place("admission_requirements", page="admission")


def complete(kind: Kind, **changes: Any) -> OfferingView:
    """An offering of this kind that the policy asks nothing more of, with these changes.

    Developed by the Department with an employer, not for credit, not yet published.
    """
    view = OfferingView(
        key=1,
        kind=kind,
        category=CATEGORIES[kind],
        credit_basis=CreditBasis.NAC,
        title="Pump maintenance",
        today=TODAY,
        authority=AUTHORITIES["AD-1"],
        filled=frozenset(SECTIONS),
        partners=(EMPLOYER,),
        outcomes=(
            Outcome("LO1", "Diagnose a failing pump"),
            Outcome("LO2", "Replace a worn seal"),
        ),
        assessments=(
            Assessment("At the bench", AssessmentKind.PERFORMANCE, ("LO1", "LO2")),
            Assessment("Check yourself", AssessmentKind.MULTIPLE_CHOICE, ("LO1",)),
        ),
        association_basis=AssociationBasis.EMPLOYER if kind == Kind.MICRO_CREDENTIAL else "",
        evidence=1 if kind == Kind.MICRO_CREDENTIAL else 0,
        award=AWARDS[kind],
        delivery_modes=(DeliveryMode.FACE_TO_FACE, DeliveryMode.ONLINE),
        hours=Decimal("40.0"),
        weeks=8,
        review_interval_months=36 if kind == Kind.CERTIFICATE_PROGRAM else None,
        has_image=True,
        agreement=AGREEMENT,
        sign_off=SignOff(DEPARTMENT, fits=True),
    )
    return replace(view, **changes)


def without(kind: Kind, *sections: str, **changes: Any) -> OfferingView:
    """A complete offering but for these sections."""
    return complete(kind, filled=frozenset(SECTIONS) - set(sections), **changes)


def terms_of(clause: str, rule: str, field: str = "") -> RuleTerms:
    """What the policy tells this rule under this clause. Raises LookupError if it does not."""
    for terms in default_terms().rules:
        if (terms.clause, terms.rule) == (clause, rule) and field in ("", terms.field):
            return terms
    raise LookupError(f"{clause} has no rule {rule} {field}".strip())


def is_asked(view: OfferingView, clause: str, rule: str, field: str = "") -> bool:
    """Whether the clause asks this of the offering."""
    terms = terms_of(clause, rule, field)
    return evaluate(view, PolicyTerms("one rule", (terms,))).asked == (clause,)


def findings(view: OfferingView, clause: str, rule: str, field: str = "") -> tuple[Finding, ...]:
    """What this rule finds under this clause."""
    terms = terms_of(clause, rule, field)
    return evaluate(view, PolicyTerms("one rule", (terms,))).findings


def the_finding(view: OfferingView, clause: str, rule: str, field: str = "") -> Finding:
    """The one thing that it finds."""
    (finding,) = findings(view, clause, rule, field)
    return finding


def is_met(view: OfferingView, clause: str, rule: str, field: str = "") -> bool:
    """Whether the clause asks this of the offering and finds nothing missing."""
    return is_asked(view, clause, rule, field) and not findings(view, clause, rule, field)
