"""Run in the adopting project by `manage.py shell`: takes an offering from draft to published.

It uses what that project has, the apps' models and addresses, and nothing of this repository.
Prints one line of JSON with what the public then gets.
"""

import json
import sys
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from credentials.agreements.signatures import Signatory, sign
from credentials.agreements.versions import begin, open_for_signature
from credentials.choices import Duty, PartyKind
from credentials.compliance.admission import Consultation, sign_off
from credentials.compliance.offering_reader import requirements_hash
from credentials.conf import conf
from credentials.models import (
    AgreementSignature,
    Assessment,
    AssociationEvidence,
    MicroCredential,
    Outcome,
    Partner,
)
from workflows.choices import SeatRole
from workflows.committee_seats.assignment import give_seat
from workflows.models import Committee, Motion, Seat

PROTOCOL = (
    "objectives",
    "stakeholders",
    "typical_student",
    "program_outcomes",
    "curriculum_design",
    "assessment_evaluation",
    "continuous_improvement",
    "review_accreditation",
    "compliance_legal",
    "communication_transparency",
    "monitoring_reporting",
)
people = {}
for role, name in conf().ROLE_GROUPS.items():
    people[role] = get_user_model().objects.create_user(role, f"{role}@example.org", "secret")
    people[role].groups.add(Group.objects.get(name=name))

offering = MicroCredential(
    title="Safe patient transfer",
    slug="safe-patient-transfer",
    live=False,
    summary="Move patients without harm to them or to you.",
    description="<p>Assessment, technique and equipment.</p>",
    category="nac_micro_credential",
    competency="Moves patients safely.",
    delivery_modes=["face_to_face"],
    hours=Decimal("24.0"),
    fee=Decimal("495.00"),
    award_kind="micro_credential",
    rationale="Hospitals asked for it.",
    admission_requirements="<p>None.</p>",
    need_evidence="Nine of ten hospitals lack trained staff.",
    association_basis="employer",
    **dict.fromkeys(PROTOCOL, "As agreed with the hospitals."),
)
offering.partners = [Partner(name="Harbour Hospital", kind="employer")]
offering.association_evidence = [
    AssociationEvidence(description="Letter", url="https://hospital.example.org/letter")
]
offering.outcomes = [Outcome(code="LO1", statement="Plan a safe transfer.")]
offering.assessments = [
    Assessment(title="Observed transfer", kind="performance", outcome_codes="LO1")
]
Site.objects.get(is_default_site=True).root_page.add_child(instance=offering)
offering.save_revision(user=people["editor"])

agreement = begin(offering, people["editor"])
agreement.starts_on = timezone.localdate()
agreement.learning_system = "The campus system"
for number, party in enumerate(agreement.parties.all()):
    party.signatory_name, party.signatory_email = party.name, f"party{number}@example.org"
    party.duties = Duty.values if party.kind == PartyKind.DEPARTMENT else []
agreement.save()
open_for_signature(agreement, people["editor"])
for party in agreement.parties.all():
    sign(party, Signatory(party.name), AgreementSignature.Method.LINK, agreement.terms_hash)
shown = requirements_hash(offering.admission_requirements)
sign_off(offering, people["department"], shown_hash=shown, consultation=Consultation())


def browser(role: str) -> Client:
    client = Client()
    client.force_login(people[role])
    return client


def api() -> Any:
    return Client().get(f"/api/v1/offerings/{offering.slug}")


editor = browser("editor").get(reverse("wagtailadmin_pages:edit", args=[offering.pk]))
before = api().status_code
offering.get_workflow().start(offering, people["editor"])
offering = MicroCredential.objects.get(pk=offering.pk)
state = offering.current_workflow_task_state
address = reverse("wagtailadmin_pages:workflow_action", args=[offering.pk, "approve", state.pk])
browser("department").post(address, {"comment": "Well argued."})

# The committee has one seat, whose holder opens the motion, votes and closes it.
seat = Seat.objects.create(committee=Committee.objects.get(), title="Chair", role=SeatRole.CHAIR)
keeper = get_user_model().objects.create_superuser("keeper", "keeper@example.org", "secret")
give_seat(seat, people["committee"], keeper)
chair = browser("committee")
chair.post(reverse("governance:open_motion", args=[offering.pk]), {"purpose": "approve"})
motion = Motion.objects.get()
ballot = {"choice": "yes", "content_hash": motion.content_hash}
chair.post(reverse("governance:motion", args=[motion.pk]), ballot)
chair.post(reverse("governance:close_motion", args=[motion.pk]))

offering = MicroCredential.objects.get(pk=offering.pk)
page = Client().get(offering.url)
after = api()
sys.stdout.write(
    json.dumps(
        {
            "editor": editor.status_code,
            "api_before": before,
            "live": offering.live,
            "page": [page.status_code, page.content.decode()],
            "api": [after.status_code, after.json()],
        }
    )
)
