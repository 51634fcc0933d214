"""Makes the responsibilities agreement of an offering, opens it and signs it (MC-6)."""

import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.text import slugify

from credentials.agreements.signatures import Method, Signatory, sign
from credentials.agreements.versions import begin, open_for_signature
from credentials.choices import CreditBasis, DeliveryMode, Duty, Kind, PartyKind
from credentials.models import Agreement, AgreementParty, Offering
from credentials.people.actors import name_of
from home.demo.clock import Clock
from home.demo.data_files import Record, read_shared
from home.demo.people import People
from workflows.choices import Office

YEARS = 5
AT_A_DISTANCE = frozenset({DeliveryMode.ONLINE, DeliveryMode.HYBRID, DeliveryMode.DISTANCE})


def needs_agreement(record: Record) -> bool:
    """Whether the policy asks for one: alternative credentials that it governs in full."""
    is_alternative = (
        record["kind"] in (Kind.MICRO_CREDENTIAL, Kind.DIGITAL_BADGE)
        or "stacking_approach" in record
    )
    is_governed_here = (
        record.get("credit_basis") != CreditBasis.FAC and "contracted_for" not in record
    )
    return is_alternative and is_governed_here


def make_agreement(
    offering: Offering, record: Record, people: People, turn: int, clock: Clock
) -> None:
    """Begin the agreement, open it and let every party sign, unless the record says less.

    Its `agreement` may say `state = "draft"`, the party that it `waits_for`, or `ends_in_days`.
    """
    asked: Record = record.get("agreement", {})
    agreement = begin(offering, people.editor)
    data = read_shared("agreements")
    _set_terms(agreement, record, data, turn, clock)
    _divide_duties(agreement, record, data, turn)
    signatories = {
        party.name: _name_signatory(party, record, data, people, turn)
        for party in agreement.parties.all()
    }
    agreement.save()
    if asked.get("state") == Agreement.State.DRAFT:
        return
    open_for_signature(agreement, people.editor)
    terms_hash = Agreement.objects.get(pk=agreement.pk).terms_hash
    for party in AgreementParty.objects.filter(agreement=agreement.pk):
        if party.name != asked.get("waits_for"):
            signatory = signatories[party.name]
            method = Method.ADMIN if signatory.user else Method.LINK
            sign(party, signatory, method, terms_hash)


def _set_terms(agreement: Agreement, record: Record, data: Record, turn: int, clock: Clock) -> None:
    """In force since some weeks, for five years; which learning system, if any is needed.

    `ends_in_days` counts from the day of loading.
    """
    today = timezone.localdate()
    agreement.starts_on = today - datetime.timedelta(weeks=3 + turn % 20)
    days = record.get("agreement", {}).get("ends_in_days")
    if days is None:
        agreement.ends_on = agreement.starts_on + datetime.timedelta(days=365 * YEARS)
    else:
        agreement.ends_on = timezone.localdate(clock.present) + datetime.timedelta(days=days)
        agreement.starts_on = agreement.ends_on - datetime.timedelta(days=365 * YEARS)
    if AT_A_DISTANCE.intersection(record["delivery_modes"]):
        agreement.learning_system = data["learning_system"]
    agreement.notes = data["notes"][turn % len(data["notes"])]


def _divide_duties(agreement: Agreement, record: Record, data: Record, turn: int) -> None:
    division = data["divisions"][turn % len(data["divisions"])]
    if "unit" not in record:
        division = {PartyKind.DEPARTMENT: list(Duty.values)}
    kinds = {partner["name"]: partner["kind"] for partner in record.get("partners", [])}
    for party in agreement.parties.all():
        party.duties = division.get(party.kind, [])
        if party.kind == PartyKind.PARTNER:
            share = data["partners"][kinds[party.name]]
            party.duties = share["duties"]
            party.other_duties = share["promises"][turn % len(share["promises"])]


def _name_signatory(
    party: AgreementParty, record: Record, data: Record, people: People, turn: int
) -> Signatory:
    """Say who signs for a party, and return that person: an account, or somebody from outside."""
    account = _account(party, people, turn)
    if account is not None:
        party.signatory_name, party.signatory_email = name_of(account), account.email
        return Signatory(party.signatory_name, account)
    [partner] = [item for item in record["partners"] if item["name"] == party.name]
    name = data["signatories"][party.name]
    host = urlsplit(partner["url"]).hostname
    party.signatory_name, party.signatory_email = name, f"{slugify(name)}@{host}"
    return Signatory(name)


def _account(party: AgreementParty, people: People, turn: int) -> Any:
    if party.kind == PartyKind.DEPARTMENT:
        return people.decider(Office.DEPARTMENT, turn)
    return people.unit if party.kind == PartyKind.ACADEMIC_UNIT else None
