"""What waits for one person beside the routes: agreements to sign, admission to settle."""

from dataclasses import dataclass

from django.contrib.auth.models import Group

from credentials.agreements.access import signs_for
from credentials.agreements.status import standings_of
from credentials.compliance.offering_reader import views_of
from credentials.compliance.standings import drafts_of, open_proposals, rows_of
from credentials.conf import conf
from credentials.models import AcademicUnit, Agreement, AgreementParty, Offering
from credentials.people.actors import Person

MOST = 20  # a home page is no register


@dataclass(frozen=True)
class ToSign:
    """A party for which this person signs, under terms that are open for signature."""

    party: AgreementParty
    agreement: Agreement


def agreements_to_sign(person: Person) -> list[ToSign]:
    """Open agreements that wait for this person's signature (MC-6)."""
    address = getattr(person, person.get_email_field_name(), "")  # type: ignore[union-attr]
    if not address:
        return []
    agreements = Agreement.objects.filter(
        state=Agreement.State.OPEN, parties__signatory_email__iexact=address
    )
    return [
        ToSign(party, standing.agreement)
        for standing in standings_of(agreements.select_related("offering").distinct()[:MOST])
        if standing.can_be_signed
        for party in standing.unsigned
        if signs_for(person, party)
    ]


def admissions_to_settle(person: Person) -> list[Offering]:
    """Proposals under decision whose admission requirements wait for this person's authority.

    A constant number of queries. AD-1: the Department; AD-2 to AD-4: the academic unit.
    """
    names = set(Group.objects.filter(user=person.pk).values_list("name", flat=True))
    units = set(AcademicUnit.objects.filter(approvers__user=person.pk).values_list("pk", flat=True))
    in_department = conf().ROLE_GROUPS["department"] in names
    if not in_department and not units:
        return []
    keys = Offering.objects.filter(pk__in=open_proposals(), readiness__blocks_approval__gt=0)
    drafts = drafts_of(rows_of(keys.order_by("pk").values_list("pk", flat=True)[:MOST]))
    return [
        draft
        for draft, view in zip(drafts, views_of(drafts), strict=True)
        if not (view.sign_off and view.sign_off.fits)
        and (in_department if view.authority.clause == "AD-1" else draft.academic_unit_id in units)
    ]
