"""Lets the authority that the policy names settle admission, consulting whom it must (AD-1 to 4)."""

import datetime

from django.utils import timezone

from credentials.compliance.policies import label_in_force
from credentials.compliance.reading import requirements_hash
from credentials.models import AdmissionSignOff, Offering
from credentials.people import name_of
from credentials.policy.admission import authority_for
from home.demo.people import People
from home.demo.reading import Record, read_shared


def sign_off_admission(offering: Offering, record: Record, people: People, turn: int) -> None:
    """Sign the draft's requirements off, by the Department or for the academic unit."""
    unit = offering.academic_unit
    authority = authority_for(
        offering.kind, offering.credit_basis, unit.name if unit is not None else ""
    )
    person = people.decider("department", turn) if unit is None else people.unit
    said = read_shared("texts")["consultations"]
    AdmissionSignOff.objects.create(
        offering_id=offering.pk,
        authority=authority.name,
        clause=authority.clause,
        requirements=offering.admission_requirements,
        requirements_hash=requirements_hash(offering.admission_requirements),
        consulted=authority.consults,
        consulted_on=_consulted_on(turn) if authority.consults else None,
        consultation=said[turn % len(said)] if authority.consults else "",
        policy_version=label_in_force(),
        signed_by_key=str(person.pk),
        signed_by_name=name_of(person),
    )


def _consulted_on(turn: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=4 + turn % 11)
