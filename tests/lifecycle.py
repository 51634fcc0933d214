"""An offering's life in domain words, through the same calls that the admin makes."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import WorkflowState

from credentials.academic_year import AcademicYear
from credentials.choices import Duty, PartyKind
from credentials.compliance.policies import label_in_force
from credentials.compliance.reading import requirements_hash
from credentials.conf import conf
from credentials.content import canonical
from credentials.models import (
    AdmissionSignOff,
    Agreement,
    AgreementParty,
    AgreementSignature,
    OsapEvent,
    OsapRecord,
)
from credentials.osap.figures import offered_by
from credentials.osap.moving import write
from credentials.osap.opening import open_record
from credentials.people import actor_of
from tests.sections import FILLED
from workflows.acting import OutsideFacts, note_received, record_outside
from workflows.choices import Office, Outcome, Purpose, SeatRole
from workflows.committee.closing import close_motion
from workflows.committee.opening import open_motion, open_retirement_motion
from workflows.committee.question import Question
from workflows.committee.voting import cast_ballot
from workflows.models import (
    Committee,
    CommitteeStage,
    InformationStage,
    Motion,
    OutcomeStage,
    RetirementRequest,
    Seat,
    SeatTerm,
    UnitStage,
)
from workflows.retiring import decide_retirement, deciding_office


def person(role: str, number: int = 1) -> Any:
    """Somebody of a role; made when there is none yet."""
    name = f"{role}-{number}"
    user, created = get_user_model().objects.get_or_create(
        username=name, defaults={"email": f"{name}@example.org", "first_name": name.title()}
    )
    if created:
        user.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS[role])[0])
    return user


def draft(offering: Any) -> Any:
    """The newest draft of an offering, as an object to change."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision_as_object()


def latest_revision(offering: Any) -> Any:
    """The newest revision, whatever the object in hand remembers."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision()


def edit(offering: Any, by: Any = None, **values: Any) -> Any:
    """Save a new draft with other values."""
    page = draft(offering)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


def agree(offering: Any) -> None:
    """Settle what stands beside the content: a signed agreement, the admission sign-off."""
    page = draft(offering)
    parties = [AgreementParty(kind=PartyKind.DEPARTMENT, name=conf().OFFICES["department"])]
    if page.academic_unit:
        parties.append(AgreementParty(kind=PartyKind.ACADEMIC_UNIT, name=page.academic_unit.name))
    parties[0].duties = sorted(Duty.values)
    sign_agreement(page, parties)
    settle_admission(page)


def complete(offering: Any, by: Any = None) -> None:
    """Fill in what a proposal must say, and settle what stands beside it."""
    edit(offering, by, **FILLED)
    agree(offering)


def sign_agreement(offering: Any, parties: list[AgreementParty]) -> Agreement:
    """A new version of the agreement, open and signed by all its parties."""
    agreement = Agreement(
        offering_id=offering.pk,
        number=Agreement.objects.filter(offering_id=offering.pk).count() + 1,
        state=Agreement.State.OPEN,
        starts_on=timezone.localdate(),
        learning_system="Lakeshore Learn",
    )
    for party in parties:
        party.signatory_name = party.signatory_name or "Sam Signatory"
        party.signatory_email = party.signatory_email or "sam@example.org"
    agreement.parties.set(parties)
    agreement.save()
    for party in agreement.parties.all():
        AgreementSignature.objects.create(
            party=party,
            offering_id=offering.pk,
            terms=canonical(agreement.terms()).decode(),
            terms_hash=agreement.terms_hash,
            method=AgreementSignature.Method.ADMIN,
            signed_by_name=party.signatory_name,
        )
    return agreement


def settle_admission(offering: Any) -> AdmissionSignOff:
    """The authority's sign-off on the draft's admission requirements, with its consultation."""
    page = draft(offering)
    authority = page.admission_authority
    return AdmissionSignOff.objects.create(
        offering_id=page.pk,
        authority=authority.name,
        clause=authority.clause,
        requirements=page.admission_requirements,
        requirements_hash=requirements_hash(page.admission_requirements),
        consulted=authority.consults,
        consulted_on=timezone.localdate() if authority.consults else None,
        consultation="Agreed." if authority.consults else "",
        policy_version=label_in_force(),
        signed_by_key="0",
        signed_by_name="Sam Signatory",
    )


def submit(offering: Any, by: Any = None) -> WorkflowState:
    """Submit the newest draft on its route."""
    page = draft(offering)
    return page.get_workflow().start(page, by or person("editor"))


def stage_state(offering: Any) -> Any:
    """The stage under way."""
    return type(offering).objects.get(pk=offering.pk).current_workflow_task_state


def approve(offering: Any, by: Any, comment: str = "") -> None:
    """Approve the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "approve", comment=comment)


def request_changes(offering: Any, by: Any, comment: str = "Explain the fee.") -> None:
    """Send the proposal back from the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "reject", comment=comment)


def committee() -> Committee:
    """The committee that the routes name."""
    return Committee.objects.get(name=conf().OFFICES["committee"])


def seat(
    holder: Any, role: str = "voting", title: str = "", *, alternate: Any = None, **facts: Any
) -> Seat:
    """A seat of the committee with its holder since a year, and an alternate if one is given."""
    votes = role not in (SeatRole.NON_VOTING, SeatRole.SECRETARY)
    made = Seat.objects.create(
        committee=committee(),
        title=title or f"Seat of {holder.get_username()}",
        role=role,
        position=Seat.objects.count(),
        **{"votes": votes, **facts},
    )
    for person_, is_alternate in ((holder, False), (alternate, True)):
        if person_ is not None:
            term(made, person_, is_alternate=is_alternate)
    return made


def term(of: Seat, holder: Any, **facts: Any) -> SeatTerm:
    """A term on a seat, since a year unless `starts_on` says otherwise."""
    since = timezone.localdate() - datetime.timedelta(days=365)
    by = actor_of(holder)
    return SeatTerm.objects.create(
        seat=of,
        person=holder,
        person_key=by.key,
        person_name=by.name,
        **{"starts_on": since, **facts},
    )


def seat_committee(*holders: Any) -> dict[str, Any]:
    """Seat people once: a chair, two voting members, a secretary, or the voting ones given.

    Returns them by "chair", "second", "third" and "secretary".
    """
    if not Seat.objects.exists():
        voting = holders or tuple(person("committee", number) for number in (1, 2, 3))
        for number, holder in enumerate(voting):
            seat(holder, SeatRole.VOTING if number else SeatRole.CHAIR)
        seat(person("committee", 9), SeatRole.SECRETARY, "Secretary")
    names = ("chair", "second", "third")
    terms = SeatTerm.objects.on().filter(is_alternate=False).select_related("person", "seat")
    by_order = sorted(terms, key=lambda item: item.seat.position)
    voting_people = [item.person for item in by_order if item.seat.votes]
    secretary = next(item.person for item in by_order if item.seat.role == SeatRole.SECRETARY)
    return dict(zip(names, voting_people, strict=False)) | {"secretary": secretary}


def open_vote(offering: Any, by: Any = None, **question: Any) -> Motion:
    """Put the proposal to the committee by electronic vote."""
    seated_people = seat_committee()
    state = stage_state(offering)
    purpose = getattr(state.task.specific, "purpose", Purpose.APPROVE)
    question_ = Question(**{"purpose": Purpose(purpose), **question})
    return open_motion(state, by or seated_people["secretary"], question_)


def vote(motion: Motion, by: Any, choice: str = "yes", comment: str = "") -> Any:
    """Cast a ballot on what the motion shows."""
    return cast_ballot(motion, by, choice, shown_hash=motion.content_hash, comment=comment)


def vote_all(motion: Motion, choice: str = "yes") -> None:
    """Let every holder of the roster who is not recused vote alike."""
    for roster_seat in motion.roster.filter(is_recused=False):
        vote(motion, get_user_model().objects.get(pk=roster_seat.holder_key), choice)


def carry(offering: Any, **question: Any) -> Motion:
    """Let the committee approve: an electronic vote in which all say yes."""
    motion = open_vote(offering, **question)
    vote_all(motion)
    close_motion(motion, seat_committee()["secretary"])
    return Motion.objects.get(pk=motion.pk)


def defeat(offering: Any, **question: Any) -> Motion:
    """Let the committee defeat the motion to approve."""
    motion = open_vote(offering, **question)
    vote_all(motion, "no")
    close_motion(motion, seat_committee()["secretary"])
    return Motion.objects.get(pk=motion.pk)


def settle(request: RetirementRequest, choice: str = "yes") -> None:
    """Let whoever decides on a request to retire or withdraw decide."""
    if deciding_office(request.offering) == Office.COMMITTEE:
        secretary = seat_committee()["secretary"]
        motion = open_retirement_motion(request, secretary, Question(Purpose.RETIRE))
        vote_all(motion, choice)
        close_motion(motion, secretary)
    else:
        outcome = Outcome.APPROVED if choice == "yes" else Outcome.DECLINED
        decide_retirement(request, person("department", 2), outcome)


def pass_stage(offering: Any) -> None:
    """Let whoever decides at the stage under way let it go on."""
    state = stage_state(offering)
    stage = state.task.specific
    if isinstance(stage, CommitteeStage):
        carry(offering)
    elif isinstance(stage, InformationStage):
        note_received(state, seat_committee()["secretary"])
    elif isinstance(stage, OutcomeStage):
        facts = OutsideFacts(stage.body, timezone.localdate(), "Q-2026-1")
        record_outside(state, person(stage.office), facts)
    elif isinstance(stage, UnitStage):
        approve(offering, approver(draft(offering)))
    else:
        approve(offering, person(stage.office))


def approver(page: Any) -> Any:
    """Somebody who signs off for the academic unit of an offering."""
    group, _created = Group.objects.get_or_create(name=f"Approvers of {page.academic_unit}")
    page.academic_unit.approvers.add(group)
    user, _created = get_user_model().objects.get_or_create(
        username="unit-1", defaults={"email": "unit-1@example.org", "first_name": "Unit-1"}
    )
    user.groups.add(group)
    return user


def decide(offering: Any) -> None:
    """Let each stage that is still to decide go on, until the route ends."""
    while stage_state(offering) is not None:
        pass_stage(offering)


def publish(offering: Any, by: Any = None) -> None:
    """Take the newest draft through its whole route."""
    submit(offering, by)
    decide(offering)
    offering.refresh_from_db()


def revise(offering: Any, by: Any = None, **values: Any) -> None:
    """Change an offering and take the change through its whole route."""
    edit(offering, by, **values)
    publish(offering, by)


def osap_record(offering: Any, *acts: str, year: AcademicYear | None = None) -> OsapRecord:
    """A record of this academic year with these acts on it, written past the Department's pages."""
    content = draft(offering)
    by = actor_of(person("department"))
    record, _is_new = open_record(content, year or AcademicYear.of(timezone.localdate()), by)
    codes = {"cip": "51.3901", "noc_1": "33102"}
    OsapRecord.objects.filter(pk=record.pk).update(**codes)
    record = OsapRecord.objects.get(pk=record.pk)
    for act in acts:
        asks = act in ("submitted", "reported")
        write(record, OsapEvent.Act(act), by, offered=offered_by(content) if asks else None)
    return record


def approve_osap(offering: Any, year: AcademicYear | None = None) -> OsapRecord:
    """The ministry's approval for this academic year, before or after it was published."""
    return osap_record(offering, "submitted", "approved", year=year)
