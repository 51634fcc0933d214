"""Retiring and withdrawing: one person asks, another decides, the ledger says so (laws 1, 4, 5)."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from credentials.catalogue.ledger import PublishedVersion
from credentials.catalogue.publication import retire, withdraw
from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.content import FrozenContent
from credentials.models import Approval, Offering
from credentials.people import Person, name_of
from workflows.choices import Office, Outcome, RouteKey
from workflows.exceptions import DecisionRefused
from workflows.models import Decision
from workflows.models.retirements import RetirementDecision, RetirementRequest

# What the record calls the decision; not translated, as the names of a route's stages are not.
STAGES = {
    RetirementRequest.Action.RETIRE: "Retirement",
    RetirementRequest.Action.WITHDRAW: "Withdrawal",
}
INSTRUMENTS = {Office.COMMITTEE: "ACD 1532: CP-3, MC-1", Office.DEPARTMENT: "ACD 1532: SH-2"}


def may_request(user: Person, offering: Offering) -> bool:
    """Whether this person may ask: the Department, for an offering that is published."""
    head = PublishedVersion.objects.head_of(offering.pk)
    return head is not None and head.is_public and is_in_office(user, Office.DEPARTMENT)


def request_retirement(  # noqa: PLR0913 (the facts of the request)
    offering: Offering,
    user: Person,
    *,
    action: str,
    note: str,
    reason: str,
    teach_out: date | None = None,
) -> RetirementRequest:
    """Ask for it. Raises DecisionRefused when the person may not, or it was asked already."""
    head = PublishedVersion.objects.head_of(offering.pk)
    if head is None or not may_request(user, offering):
        raise DecisionRefused(
            _("Only the %(office)s asks to retire a published offering.")
            % {"office": Office.DEPARTMENT.official_name}
        )
    if RetirementRequest.objects.all().open().filter(offering=offering).exists():
        raise DecisionRefused(_("A request for this offering waits for a decision already."))
    return RetirementRequest.objects.create(
        offering_id=offering.pk,
        version=head,
        action=action,
        note=note,
        teach_out=teach_out,
        reason=reason,
        requested_by_key=str(user.pk),
        requested_by_name=name_of(user),
    )


def deciding_office(offering: Offering) -> Office:
    """Who decides: the Committee where it approved the offering, the Department otherwise."""
    approvals = Approval.objects.filter(offering_id=offering.pk, action=Approval.Action.PUBLISH)
    by_committee = approvals.filter(route__in=(RouteKey.COMMITTEE, RouteKey.FOR_CREDIT)).exists()
    return Office.COMMITTEE if by_committee else Office.DEPARTMENT


def check_may_decide_on(request: RetirementRequest, user: Person) -> None:
    """Raises DecisionRefused with the reason when this person cannot decide on the request."""
    office = deciding_office(request.offering)
    if RetirementDecision.objects.filter(request=request).exists():
        raise DecisionRefused(_("This request has been decided already."))
    if not is_in_office(user, office):
        raise DecisionRefused(
            _("Only members of the %(office)s decide on this request.")
            % {"office": office.official_name}
        )
    if str(user.pk) == request.requested_by_key:
        raise DecisionRefused(
            _("You made this request, so you are recused. Another member must decide.")
        )
    head = PublishedVersion.objects.head_of(request.offering_id)
    if head is None or head.pk != request.version_id:
        raise DecisionRefused(
            _("Another version has been published since. Ask again for the present one.")
        )


def decide_retirement(
    request: RetirementRequest, user: Person, outcome: Outcome, comment: str = ""
) -> PublishedVersion | None:
    """Record the decision; when approved, append the version and return it. All or nothing."""
    with transaction.atomic():
        RetirementRequest.objects.select_for_update().get(pk=request.pk)  # one decision at a time
        check_may_decide_on(request, user)
        office = deciding_office(request.offering)
        decision = Decision.objects.create(
            offering_id=request.offering_id,
            proposal_key=f"retirement-{request.pk}",
            stage_key="retirement",
            stage=STAGES[RetirementRequest.Action(request.action)],
            route="retirement",
            office=office.official_name,
            instrument=INSTRUMENTS[office],
            outcome=outcome,
            comment=comment,
            content_hash=request.version.content_hash,
            governed_hash=request.version.governed_hash,
            policy_version=label_in_force(),
            decided_by_key=str(user.pk),
            decided_by_name=name_of(user),
        )
        RetirementDecision.objects.create(request=request, decision=decision)
        if outcome != Outcome.APPROVED:
            return None
        return _carry_out(request, user, decision)


def _carry_out(request: RetirementRequest, user: Person, decision: Decision) -> PublishedVersion:
    version = request.version
    approval = Approval.objects.all().record(
        request.offering,
        FrozenContent({}, version.approval.content, version.content_hash, version.governed_hash),
        user,
        action=request.action,
        authority=decision.office,
        instrument=decision.instrument,
        route=decision.route,
        reason=request.reason,
    )
    if request.action == Approval.Action.RETIRE:
        return retire(approval, note=request.note, teach_out=request.teach_out)
    return withdraw(approval, note=request.note, user=user)


def is_in_office(user: Person, office: Office) -> bool:
    """Whether a person belongs to an office; asked once for each user object and office."""
    if user.pk is None or not user.is_active:
        return False
    known: dict[str, bool] = user.__dict__.setdefault("_offices", {})
    if office not in known:
        groups = Group.objects.filter(name=conf().ROLE_GROUPS[office], user__pk=user.pk)
        known[office] = groups.exists()
    return known[office]
