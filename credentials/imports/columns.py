"""The columns of an import, declared once: parser, template, help and guide are made from here."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from credentials.choices import (
    AwardKind,
    Category,
    CreditBasis,
    DeliveryMode,
    Kind,
    Language,
    PartnerKind,
    StackingApproach,
)
from credentials.imports import children, values
from credentials.imports.durations import parse_duration


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means, an example, and how its cells are read.

    `kinds` limits it to some kinds of offering; empty means all.
    """

    name: str
    meaning: Any
    example: str
    parse: values.Parser = values.line
    required: bool = False
    kinds: tuple[str, ...] = ()


_ALL = (
    Column("reference", _("Lasting identifier in your own system; rows are matched by it."),
           "CE-1042", required=True),
    Column("kind", _("certificate_program, course, micro_credential or digital_badge."),
           "micro_credential", values.choice(Kind), required=True),
    Column("title", _("Name of the offering."), "Safe patient transfers", required=True),
    Column("slug", _("Last part of its address. Made from the title when empty."),
           "safe-patient-transfers"),
    Column("summary", _("One sentence for lists and search, at most 300 characters."),
           "Learn to move patients without harm."),
    Column("description", _("Purpose and content; a blank line begins a new paragraph."),
           "For care workers who move patients every day.", values.rich_text),
    Column("category", _("One of the policy's eight categories (FW-1). When empty, the one that "
                         "the kind implies; a course must name its own."),
           "nac_micro_credential", values.choice(Category)),
    Column("credit_basis", _("nac (not for academic credit) or fac."), "nac",
           values.choice(CreditBasis)),
    Column("academic_unit", _("Code of the partner academic unit, as registered here."), ""),
    Column("language", _("Language of instruction: en, fr, en-fr, or mul for another."), "en",
           values.choice(Language)),
    Column("delivery_modes", _("face_to_face, online, hybrid, distance; several with | between."),
           "online|hybrid", values.several(values.choice(DeliveryMode), commas=True)),
    Column("hours", _("Hours of learning, at most one decimal."), "24", values.decimal(1)),
    Column("weeks", _("Length in whole weeks."), "6", values.whole_number),
    Column("duration", _("Length in words, used where hours and weeks are empty; a range counts "
                         "as its longest end."), "", parse_duration),
    Column("fee", _("Amount in the catalogue's currency; 0 when free."), "495.00",
           values.decimal(2)),
    Column("fee_note", _("Taxes, materials, bursaries."), "Materials included"),
    Column("audience", _("Who it is for."), "Care workers"),
    Column("admission_requirements", _("What applicants need; paragraphs as in description."),
           "A vulnerable sector check.", values.rich_text),
    Column("contact_email", _("An office's address, not a person's."), "health@lakeshore.example"),
    Column("award_kind", _("certificate, certificate_of_completion, micro_credential or "
                           "digital_badge."), "micro_credential", values.choice(AwardKind)),
    Column("competency", _("The one competency that is mastered. MC-4"), "Moves patients safely.",
           kinds=(Kind.MICRO_CREDENTIAL,)),
    Column("criteria", _("What must be shown to earn the badge. DEF-6"), "", values.rich_text,
           kinds=(Kind.DIGITAL_BADGE,)),
    Column("outcomes", _("Learning outcomes with | between, each with its code."),
           "LO1: Assess the risk of falling. | LO2: Plan a transfer.", children.outcomes),
    Column("assessments", _("Title :: kind :: outcome codes; several with | between."),
           "Observed transfer :: performance :: LO1, LO2", values.several(children.assessment)),
    Column("skills", _("Skills with | or commas between; new ones are added to the register."),
           "Patient transfer | Risk assessment", values.several(children.skill, commas=True)),
    Column("prerequisites", _("Requirements in words with | between."), "First aid certificate",
           values.several(children.prerequisite)),
    Column("stacking_approach", _("horizontal, vertical or value_added. DEF-10"), "",
           values.choice(StackingApproach)),
    Column("partners", _("Name :: kind :: website; several with | between. FW-1"),
           "Lakeshore Health :: employer", values.several(children.partner)),
    Column("partner_kind", _("employer, association, community or education, for partners that "
                             "are named without one."), "", values.choice(PartnerKind)),
    Column("session_starts", _("First days of sessions (2027-01-11), with | between."),
           "2027-01-11|2027-05-03", values.positional(values.date)),
    Column("session_ends", _("Last days, in the same order."), "2027-02-19|2027-06-11",
           values.positional(values.date)),
    Column("session_places", _("Places, in the same order."), "North Campus|North Campus",
           children.session_text("place")),
    Column("session_delivery", _("How each is delivered, in the same order."), "hybrid|hybrid",
           values.positional(values.choice(DeliveryMode))),
    Column("session_links", _("Registration links, in the same order."), "",
           children.session_text("registration_url")),
    Column("contracted_for", _("Whom it is delivered for under contract. FW-2"), ""),
    Column("governing_policy", _("Required for contracted delivery. FW-2"), ""),
    Column("parent_program", _("Degree or diploma that it belongs to. FA-1"), ""),
    Column("rationale", _("Reason for the proposal; internal."), ""),
    Column("external_reference", _("Number in the curriculum system; internal. GC-1"), ""),
    Column("external_url", _("Link to the curriculum system; internal. GC-1"), ""),
)  # fmt: skip

COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}
REQUIRED = tuple(column.name for column in _ALL if column.required)
