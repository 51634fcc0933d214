"""Reads offerings into the views that rules judge, with a number of queries that does not grow.

Four queries beyond the content itself, for one offering or for a whole batch; a fifth, for the
ministry's limits of the year, where OSAP is asked for.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import BigIntegerField, Case, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact, In
from django.utils import timezone
from django.utils.html import strip_tags

from credentials.academic_year import AcademicYear
from credentials.choices import Kind, PartyKind
from credentials.compliance.graph import graph_from
from credentials.compliance.review_dates import NAMES, ReviewFacts, with_review_facts
from credentials.models.agreements import Agreement, AgreementParty, AgreementSignature
from credentials.models.offerings.offering import Offering
from credentials.models.osap_years import OsapYear
from credentials.models.sign_offs import AdmissionSignOff
from credentials.models.taxonomy import AcademicUnit
from credentials.policy import view as views
from credentials.policy.admission import authority_for
from credentials.policy.osap import OsapLimits
from credentials.record.rich_text import said


@dataclass(frozen=True)
class _Facts:
    """What is known around the offerings of a batch, by primary key."""

    offerings: Mapping[int, dict[str, Any]]
    agreements: Mapping[int, views.Agreement]
    graph: views.Graph
    osap_limits: OsapLimits


def view_of(offering: Offering) -> views.OfferingView:
    """The view of one offering: a form's result, a revision's object or a row."""
    return views_of([offering])[0]


def views_of(offerings: Iterable[Offering]) -> list[views.OfferingView]:
    """The views of a batch, in its order."""
    batch = list(offerings)
    facts = _facts(batch)
    return [_view(offering, facts) for offering in batch]


def requirements_hash(requirements: str) -> str:
    """Lowercase hexadecimal SHA-256 of what admission requirements say: what is signed off."""
    return hashlib.sha256(said(requirements).encode()).hexdigest()


def _facts(batch: list[Offering]) -> _Facts:
    keys = [offering.pk for offering in batch if offering.pk]
    related = {item.part_id for offering in batch for item in offering.components.all()}
    related |= {item.requires_id for offering in batch for item in offering.prerequisites.all()}
    return _Facts(
        offerings=_offering_facts(batch, keys),
        agreements=_agreements(keys),
        graph=graph_from((key for key in related if key), wholes=keys),
        osap_limits=(
            OsapYear.objects.for_year(AcademicYear.of(timezone.localdate())).limits
            if any(offering.osap_eligible for offering in batch)
            else OsapLimits()
        ),
    )


def _offering_facts(batch: list[Offering], keys: list[int]) -> dict[int, dict[str, Any]]:
    if not keys:
        return {}
    sign_offs = AdmissionSignOff.objects.filter(offering=OuterRef("pk")).order_by(
        "-signed_at", "-pk"
    )
    rows = with_review_facts(Offering.objects.filter(pk__in=keys)).annotate(
        unit_name=Subquery(AcademicUnit.objects.filter(pk=_draft_unit(batch)).values("name")[:1]),
        sign_off_authority=Subquery(sign_offs.values("authority")[:1]),
        sign_off_requirements=Subquery(sign_offs.values("requirements")[:1]),
        sign_off_consulted=Subquery(sign_offs.values("consulted")[:1]),
    )
    signed = ("sign_off_authority", "sign_off_requirements", "sign_off_consulted")
    values = rows.values("pk", "live", "unit_name", *NAMES, *signed)
    return {row["pk"]: row for row in values}


def _draft_unit(batch: list[Offering]) -> Case:
    """The academic unit that each draft names, which its row may not name yet."""
    by_unit: dict[int, list[int]] = {}
    for offering in batch:
        if offering.pk and offering.academic_unit_id:
            by_unit.setdefault(offering.academic_unit_id, []).append(offering.pk)
    whens = [When(_key(keys), then=Value(unit)) for unit, keys in by_unit.items()]
    return Case(*whens, default=None, output_field=BigIntegerField())


def _key(keys: list[int]) -> Q:
    return Q(Exact(OuterRef("pk"), keys[0])) if len(keys) == 1 else Q(In(OuterRef("pk"), keys))


def _agreements(keys: list[int]) -> dict[int, views.Agreement]:
    if not keys:
        return {}
    latest = AgreementSignature.objects.filter(party=OuterRef("pk")).order_by("-pk")
    current = Agreement.objects.filter(offering__in=keys).current()
    parties = (
        AgreementParty.objects.filter(agreement__in=current)
        .select_related("agreement")
        .annotate(signed_hash=Subquery(latest.values("terms_hash")[:1]))
        .order_by("sort_order", "pk")
    )
    by_agreement: dict[int, list[Any]] = {}
    for party in parties:
        by_agreement.setdefault(party.agreement_id, []).append(party)
    return {
        group[0].agreement.offering_id: _agreement(group[0].agreement, group)
        for group in by_agreement.values()
    }


def _agreement(agreement: Agreement, parties: list[Any]) -> views.Agreement:
    terms_hash = agreement.terms_hash_of(parties)
    return views.Agreement(
        number=agreement.number,
        is_open=agreement.state == Agreement.State.OPEN,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        learning_system=agreement.learning_system,
        parties=tuple(
            views.Party(
                name=party.name,
                kind=party.kind,
                duties=frozenset(party.duties),
                has_signed=party.signed_hash == terms_hash,
            )
            for party in parties
        ),
    )


def _view(offering: Offering, facts: _Facts) -> views.OfferingView:
    known = facts.offerings.get(offering.pk or 0, {})
    unit = known["unit_name"] if known else getattr(offering.academic_unit, "name", "")
    authority = authority_for(offering.kind, offering.credit_basis, unit or "")
    reviews = ReviewFacts.of(known)
    return views.OfferingView(
        key=offering.pk or 0,
        kind=str(offering.kind),
        category=offering.category,
        credit_basis=offering.credit_basis,
        title=offering.title,
        today=timezone.localdate(),
        authority=authority,
        filled=frozenset(name for name in views.SECTIONS if _is_filled(offering, name)),
        unit=unit or "",
        partners=tuple(partner.name for partner in offering.partners.all()),
        outcomes=tuple(
            views.Outcome(item.code, item.statement) for item in offering.outcomes.all()
        ),
        assessments=tuple(
            views.Assessment(item.title, item.kind, tuple(item.codes))
            for item in offering.assessments.all()
        ),
        association_basis=getattr(offering, "association_basis", ""),
        evidence=_evidence(offering),
        waiver_granted_by=getattr(offering, "waiver_granted_by", ""),
        stacking_approach=offering.stacking_approach,
        components=tuple(
            views.Component(facts.graph.parts[item.part_id], item.required, item.group)
            for item in offering.components.all()
            if item.part_id in facts.graph.parts
        ),
        groups=tuple(
            views.Group(item.code, item.name, item.rule, item.minimum)
            for item in offering.requirement_groups.all()
        ),
        prerequisites=tuple(
            views.Prerequisite(item.kind, facts.graph.parts.get(item.requires_id), item.description)
            for item in offering.prerequisites.all()
            # One whose offering was deleted, and that says nothing in words, is no longer one.
            if item.requires_id in facts.graph.parts or item.description
        ),
        award=offering.award_kind,
        delivery_modes=tuple(offering.delivery_modes or ()),
        hours=offering.hours,
        weeks=offering.weeks,
        asks_for_osap=offering.osap_eligible,
        osap_limits=facts.osap_limits,
        contracted_for=offering.contracted_for,
        governing_policy=offering.governing_policy,
        iqap_reference=offering.iqap_reference,
        iqap_date=offering.iqap_date,
        has_iqap_document=offering.iqap_document_id is not None,
        parent_program=offering.parent_program,
        relative_weight=offering.relative_weight,
        relative_weight_approval=offering.relative_weight_approval,
        review_interval_months=getattr(offering, "review_interval_months", None),
        has_image=offering.image_id is not None,
        is_published=bool(known.get("live")),
        reviewed_on=reviews.reviewed_on,
        next_review_on=reviews.next_on,
        review_wanted_on=reviews.wanted_on,
        agreement=_in_present_names(facts.agreements.get(offering.pk or 0), offering, unit or ""),
        sign_off=_sign_off(offering, known, authority.name),
        graph=facts.graph,
    )


def _is_filled(offering: Offering, name: str) -> bool:
    """Whether a section says anything; a fee of 0 does, an empty paragraph does not."""
    value = getattr(offering, name, None)
    if isinstance(value, str):
        return bool(strip_tags(value).strip())
    return value is not None and (not hasattr(value, "__len__") or len(value) > 0)


def _evidence(offering: Offering) -> int:
    if offering.kind != Kind.MICRO_CREDENTIAL:
        return 0
    rows = offering.association_evidence.all()
    return sum(1 for row in rows if row.description and (row.document_id or row.url))


def _in_present_names(
    agreement: views.Agreement | None, offering: Offering, unit: str
) -> views.Agreement | None:
    """The agreement with its academic unit as it is called now: a renamed one is the same party."""
    if agreement is None or not unit:
        return agreement
    parties = tuple(
        replace(party, name=unit)
        if party.kind == PartyKind.ACADEMIC_UNIT and _is_called(offering, unit, party.name)
        else party
        for party in agreement.parties
    )
    return replace(agreement, parties=parties)


def _is_called(offering: Offering, name: str, kept: str) -> bool:
    """Whether a name on record is this one, or one that the offering's unit bore before.

    A query where they differ.
    """
    if name == kept or offering.academic_unit_id is None:
        return name == kept
    former = AcademicUnit.history.filter(id=offering.academic_unit_id, name=kept)
    return bool(former.exists()) and name == getattr(offering.academic_unit, "name", "")


def _sign_off(offering: Offering, known: Mapping[str, Any], authority: str) -> views.SignOff | None:
    if not known.get("sign_off_authority"):
        return None
    return views.SignOff(
        authority=known["sign_off_authority"],
        fits=_is_called(offering, authority, known["sign_off_authority"])
        and said(known["sign_off_requirements"]) == said(offering.admission_requirements),
        consulted=known["sign_off_consulted"],
    )
