"""Lets the authority that the policy names settle admission, and consult (AD-1 to AD-4)."""

import datetime

from django.utils import timezone

from credentials.compliance.admission import Consultation, sign_off
from credentials.compliance.offering_reader import requirements_hash
from credentials.models import Offering
from home.demo.data_files import read_shared
from home.demo.people import People
from workflows.choices import Office


def sign_off_admission(offering: Offering, people: People, turn: int) -> None:
    """Sign the draft's requirements off, by the Department or for the academic unit."""
    authority = offering.admission_authority
    unit_signs = offering.academic_unit is not None
    sign_off(
        offering,
        people.unit if unit_signs else people.decider(Office.DEPARTMENT, turn),
        shown_hash=requirements_hash(offering.admission_requirements),
        consultation=_consultation(authority.consults, turn),
    )


def _consultation(office: str, turn: int) -> Consultation:
    if not office:
        return Consultation()
    said = read_shared("texts")["consultations"]
    day = timezone.localdate() - datetime.timedelta(days=4 + turn % 11)
    return Consultation(office, day, said[turn % len(said)])
