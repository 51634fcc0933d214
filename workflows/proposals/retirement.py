"""Retiring and withdrawing: one person asks, another decides, the ledger says so (laws 1, 4, 5)."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.compliance.policies import label_in_force
from credentials.models import Approval, Offering
from credentials.people.actors import Actor, Person, actor_of, name_of
from credentials.people.identity import Recused, recuse
from credentials.record.content import FrozenContent
from credentials.record.ledger import PublishedVersion
from credentials.record.publication import retire, withdraw
from workflows.choices import FORMER_COMMITTEE_ROUTE, Office, Outcome, RouteKey
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Route
from workflows.models.retirements import RetirementDecision, RetirementRequest
from workflows.signals import decided

# What the record calls the decision; not translated, as the names of a route's stages are not.
STAGES = {
    RetirementRequest.Action.RETIRE: "Retirement",
    RetirementRequest.Action.WITHDRAW: "Withdrawal",
}
COMMITTEE_ROUTES = (
    RouteKey.CERTIFICATE,
    RouteKey.MICRO_CREDENTIAL,
    RouteKey.FOR_CREDIT,
    FORMER_COMMITTEE_ROUTE,
)


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


def deciding_stage(offering: Offering) -> Any:
    """The stage of the retirement route that decides: the Committee's where it approved it."""
    return stage_of_route(RouteKey.RETIREMENT, by_committee=was_before_committee(offering))


def was_before_committee(offering: Offering) -> bool:
    """Whether a committee approved or decided on any content of it."""
    approvals = Approval.objects.filter(offering_id=offering.pk, action=Approval.Action.PUBLISH)
    return (
        approvals.filter(route__in=COMMITTEE_ROUTES).exists()
        or Decision.objects.filter(offering_id=offering.pk, motion__isnull=False).exists()
    )


def stage_of_route(key: RouteKey, *, by_committee: bool) -> Any:
    """The committee's stage of a route on which one stage alone decides, or the office's."""
    stages = Route.objects.get(key=key).stages
    return next(stage for stage in stages if (stage.committee is not None) == by_committee)


def deciding_office(offering: Offering) -> Office:
    """Who decides: the Committee where it approved the offering, the Department otherwise."""
    office: Office = deciding_stage(offering).deciding_office
    return office


def check_open(request: RetirementRequest) -> Any:
    """Return the stage that decides. Raises DecisionRefused when there is nothing to decide."""
    if RetirementDecision.objects.filter(request=request).exists():
        raise DecisionRefused(_("This request has been decided already."))
    if not _still_stands(request):
        raise DecisionRefused(
            _("Another version has been published since. Ask again for the present one.")
        )
    return deciding_stage(request.offering)


def check_may_decide_on(request: RetirementRequest, user: Person) -> Any:
    """Return the stage that decides.

    Raises DecisionRefused with the reason when this person cannot decide on the request.
    """
    stage = check_open(request)
    if refusal := stage.refusal(request.offering, user):
        raise DecisionRefused(refusal)
    recused = recused_from(request)
    if recused.includes(user):
        refusal = _("You made this request, so you are recused. Another member must decide.")
        raise DecisionRefused(recused.explain(user, refusal))
    return stage


def recused_from(request: RetirementRequest) -> Recused:
    """Who may not decide on a request: whoever made it, by any account of theirs (law 4)."""
    return recuse([Actor(request.requested_by_key, request.requested_by_name)])


def content_of_request(request: RetirementRequest) -> FrozenContent:
    """The published content that is to end; it stays as it is as long as its version stands."""
    frozen = request.version.as_published
    return frozen if _still_stands(request) else replace(frozen, content_hash="")


def _still_stands(request: RetirementRequest) -> bool:
    """Whether what the request was made about is published still; OSAP may be said anew since."""
    head = PublishedVersion.objects.head_of(request.offering_id)
    return head is not None and request.version_id in head.and_before_osap()


def decide_retirement(
    request: RetirementRequest, user: Person, outcome: Outcome, comment: str = ""
) -> PublishedVersion | None:
    """Record the decision; when approved, append the version and return it. All or nothing."""
    with transaction.atomic():
        RetirementRequest.objects.select_for_update().get(pk=request.pk)  # one decision at a time
        stage = check_may_decide_on(request, user)
        return _decide(request, stage, actor_of(user), outcome, comment=comment)


def decide_by_motion(
    request: RetirementRequest, motion: Any, outcome: Outcome, user: Person | None
) -> PublishedVersion | None:
    """Let the committee's resolution take effect. Raises DecisionRefused."""
    stage = check_open(request)
    if stage.committee != motion.committee or motion.retirement_id != request.pk:
        raise DecisionRefused(_("This motion does not decide that."))
    committee = Actor(f"committee:{motion.committee_id}", motion.committee.name)
    return _decide(request, stage, committee, outcome, comment=motion.text, motion=motion)


def _decide(
    request: RetirementRequest,
    stage: Any,
    by: Actor,
    outcome: Outcome,
    **facts: Any,
) -> PublishedVersion | None:
    decision = Decision.objects.create(
        offering_id=request.offering_id,
        proposal_key=f"retirement-{request.pk}",
        stage_key=str(stage.pk),
        stage=STAGES[RetirementRequest.Action(request.action)],
        route=RouteKey.RETIREMENT,
        office=stage.office_name,
        instrument=stage.instrument,
        outcome=outcome,
        **request.version.as_published.hashes,
        policy_version=label_in_force(),
        decided_by_key=by.key,
        decided_by_name=by.name,
        by_token=by.by_token,
        **facts,
    )
    RetirementDecision.objects.create(request=request, decision=decision)
    decided.send(RetirementRequest, decision=decision, state=None, draft=None)
    return _carry_out(request, by, decision) if outcome == Outcome.APPROVED else None


def _carry_out(request: RetirementRequest, by: Actor, decision: Decision) -> PublishedVersion:
    approval = Approval.objects.all().record(
        request.offering,
        content_of_request(request),
        by,
        policy_version=label_in_force(),
        action=request.action,
        authority=decision.office,
        instrument=decision.instrument,
        route=decision.route,
        reason=request.reason,
    )
    if request.action == Approval.Action.RETIRE:
        return retire(approval, note=request.note, teach_out=request.teach_out)
    return withdraw(approval, note=request.note, user=None)
