"""What is decided and published is the same whatever language the people who decide use."""

import datetime
from typing import Any

import pytest
from django.utils import translation
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis
from credentials.conf import conf
from credentials.models import Approval, Offering, PublishedVersion
from credentials.record.content import freeze
from tests.factories import (
    CourseFactory,
    MicroCredentialFactory,
    partner,
    skill,
)
from tests.lifecycle import revise, settle
from tests.people import person
from workflows.models import Decision
from workflows.proposals.retirement import request_retirement

pytestmark = pytest.mark.django_db

DECISION = ("stage", "route", "office", "instrument", "outcome", "policy_version")
APPROVAL = ("action", "authority", "instrument", "route", "clauses", "policy_version")
OWN_ADDRESS = {"id", "slug"}


def live_a_whole_life(root: Any, factory: Any, **values: Any) -> dict[str, Any]:
    """Publish, revise and retire an offering; all that the record says of it."""
    offering = factory(parent=root, title="Safe transfer", life="published", **values)
    revise(offering, hours=30)
    asked = request_retirement(
        offering, person("department"), action="retire", note="Replaced.", reason="Old."
    )
    settle(asked)
    versions = PublishedVersion.objects.filter(offering_id=offering.pk).order_by("number")
    documents = [version.public_document for version in versions]
    decisions = Decision.objects.filter(offering_id=offering.pk).order_by("pk")
    approvals = Approval.objects.filter(offering_id=offering.pk).order_by("pk")
    return {
        "documents": [
            {key: value for key, value in document.items() if key not in OWN_ADDRESS}
            for document in documents
        ],
        "events": [version.event for version in versions],
        "decisions": list(decisions.values(*DECISION)),
        "approvals": list(approvals.values(*APPROVAL)),
    }


def test_the_record_does_not_depend_on_the_deciders_language(root: Any) -> None:
    told_in = {}
    for language in ("en", "fr"):
        with translation.override(language):
            told_in[language] = live_a_whole_life(
                root,
                MicroCredentialFactory,
                slug=f"told-in-{language}",
                credit_basis=CreditBasis.FAC,
                iqap_reference="IQAP 2026-14",
                iqap_date=datetime.date(2026, 5, 4),
                iqap_document=DocumentFactory(title="Outcome"),
                hours="24.5",
                children={"partners": [partner()], "offering_skills": [skill("Care")]},
            )
    assert told_in["fr"] == told_in["en"]
    decisions = told_in["fr"]["decisions"]
    assert {decision["office"] for decision in decisions} <= set(conf().OFFICES.values())
    assert decisions[-1]["stage"] == "Retirement"
    assert told_in["fr"]["documents"][0]["admission"]["authority"] == "The developing academic unit"


def test_the_content_hash_does_not_depend_on_the_language(root: Any) -> None:
    offering = CourseFactory(parent=root, hours="4.5", fee="1495.50")
    hashes = set()
    for language in ("en", "fr"):
        with translation.override(language):
            hashes.add(freeze(Offering.objects.get(pk=offering.pk).specific).content_hash)
    assert len(hashes) == 1
