"""The life of a case: each path from filing to closing, and no act where it is not offered."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone

from appeals.acts import (
    additions,
    completeness,
    contacts,
    decisions,
    endings,
    extensions,
    people,
    response,
)
from appeals.acts.act import acts_for
from appeals.acts.decisions import Ruling
from appeals.acts.filing import FirstDecider
from appeals.acts.letters import issue
from appeals.acts.people import Instrument
from appeals.choices import Act, Outcome, Purpose, Stage
from appeals.exceptions import CaseRefused
from appeals.letters.composition import draw_up
from appeals.letters.kinds import OF_OUTCOME
from appeals.models import Case, CaseStatistic, Retention
from appeals.rules.letter_text import LetterKind
from appeals.rules.life import acts_from
from appeals.uploads.checked import CheckedFile
from tests.appeals.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1"), pytest.mark.clause("AP-2")]

Doing = Callable[[dict[str, Any], Case], object]
RULINGS = {
    Outcome.UPHELD: Ruling(Outcome.UPHELD, "The ground is shown.", action="Assess again"),
    Outcome.DISMISSED: Ruling(Outcome.DISMISSED, "No ground is shown."),
    Outcome.VARIED: Ruling(Outcome.VARIED, "In part.", action="Correct the grade"),
    Outcome.REFERRED_BACK: Ruling(Outcome.REFERRED_BACK, "Look again.", referred_to="The Faculty"),
}


def letter(staff: dict[str, Any], case: Case, kind: LetterKind) -> None:
    drawn = draw_up(case, kind, list(case.events.order_by("number")))
    issue(staff["office"], case, kind, drawn.subject, drawn.body)


def _link(staff: dict[str, Any], case: Case) -> object:
    return additions.link(staff["office"], case, make_case(staff))


def _revoke(staff: dict[str, Any], case: Case) -> object:
    delegation = case.delegations.first() or _delegation(case)
    return people.revoke(staff["decider"], case, delegation)


def _delegation(case: Case) -> Any:
    now = timezone.now()
    return case.delegations.create(
        holder_key="5",
        holder_name="d",
        reference="Memo",
        given_by_key="1",
        given_by_name="n",
        starts_at=now,
        ends_at=now + datetime.timedelta(days=1),
    )


def _file() -> CheckedFile:
    return CheckedFile(
        "t", "n.pdf", ContentFile(b"x", name="n.pdf"), "application/pdf", 1, "0" * 64
    )


today = timezone.localdate
# How each act is done; filing is where every case begins.
ACTS: dict[Act, Doing] = {
    Act.EXTENSION_GRANTED: lambda s, c: decisions.accept_late(s["decider"], c, "r"),
    Act.EXTENSION_REFUSED: lambda s, c: decisions.refuse_late(s["decider"], c, "r"),
    Act.FOUND_COMPLETE: lambda s, c: completeness.find_complete(s["office"], c),
    Act.INFORMATION_REQUESTED: lambda s, c: completeness.request_information(s["office"], c, "m"),
    Act.INFORMATION_RECEIVED: lambda s, c: completeness.receive_information(s["office"], c),
    Act.RESPONSE_REQUESTED: lambda s, c: response.request_response(
        s["office"], c, c.first_deciders.get()
    ),
    Act.RESPONSE_RECEIVED: lambda s, c: response.receive_response(s["office"], c, "r"),
    Act.RESPONSE_WAIVED: lambda s, c: response.go_on_without(s["office"], c, "r"),
    Act.SUBMITTED: lambda s, c: decisions.submit(s["office"], c),
    Act.RETURNED: lambda s, c: decisions.send_back(s["decider"], c, "q"),
    Act.DECIDED: lambda s, c: decisions.decide(s["decider"], c, RULINGS[Outcome.UPHELD]),
    Act.WITHDRAWN: lambda s, c: endings.withdraw(c),
    Act.RESOLVED: lambda s, c: endings.resolve(s["office"], c, "r"),
    Act.SUSPENDED: lambda s, c: extensions.suspend(s["office"], c, "r"),
    Act.RESUMED: lambda s, c: extensions.resume(s["office"], c),
    Act.EXTENDED: lambda s, c: extensions.extend(s["office"], c, 5, "r"),
    Act.ASSIGNED: lambda s, c: people.assign(s["office"], c, s["colleague"]),
    Act.DELEGATED: lambda s, c: people.delegate(
        s["decider"], c, s["delegate"], Instrument("Memo 7", today(), today())
    ),
    Act.DELEGATION_REVOKED: _revoke,
    Act.CONFLICT_RECORDED: lambda s, c: people.record_conflict(
        s["office"], c, FirstDecider("Ottoline Other"), "r"
    ),
    Act.LINKED: _link,
    Act.DOCUMENT_ADDED: lambda s, c: additions.add_document(s["office"], c, _file()),
    Act.LETTER_ISSUED: lambda s, c: letter(s, c, LetterKind.ACKNOWLEDGEMENT),
    Act.LINKS_ENDED: lambda s, c: contacts.end_links(s["office"], c, Purpose.APPELLANT, "r"),
    Act.ADDRESS_CORRECTED: lambda s, c: contacts.correct_address(
        s["office"], c, "new@learners.example", "", "r"
    ),
    Act.NOTED: lambda s, c: additions.note(s["office"], c, "n"),
    Act.ACTION_COMPLETED: lambda s, c: endings.complete_action(s["office"], c, "d"),
    Act.CLOSED: lambda s, c: endings.close(s["office"], c),
    Act.KEPT_LONGER: lambda s, c: endings.keep_longer(
        s["office"], c, today() + datetime.timedelta(days=366 * 9), "Held for the court"
    ),
}


def at_stage(staff: dict[str, Any], stage: Stage) -> Case:
    """A case that has come to a stage, with a required action where it is concluded."""
    if stage == Stage.SUSPENDED:
        case = make_case(staff, Stage.REVIEW)
        extensions.suspend(staff["office"], case, "r")
        return case
    if stage in (Stage.CONCLUDED, Stage.CLOSED):
        case = make_case(staff, Stage.DECISION)
        decisions.decide(staff["decider"], case, RULINGS[Outcome.UPHELD])
        if stage == Stage.CLOSED:
            letter(staff, case, LetterKind.UPHELD)
            endings.complete_action(staff["office"], case, "d")
            endings.close(staff["office"], case)
        return case
    return make_case(staff, stage)


def test_every_act_but_filing_is_tried_here() -> None:
    assert set(ACTS) == set(Act) - {Act.FILED}


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_offered_at_a_stage_can_be_done_and_nothing_else(
    stage: Stage, staff: dict[str, Any]
) -> None:
    case = at_stage(staff, stage)
    before = case.events.count()
    refused = [act for act in ACTS if act not in acts_from(stage)]
    for act in refused:
        with pytest.raises(CaseRefused):
            ACTS[act](staff, case)
    assert case.events.count() == before
    assert case.stage == stage


@pytest.mark.parametrize(
    ("stage", "act"), [(stage, act) for stage in Stage for act in acts_from(stage)]
)
def test_each_act_that_is_offered_is_done(stage: Stage, act: Act, staff: dict[str, Any]) -> None:
    case = at_stage(staff, stage)
    if act == Act.CLOSED:
        letter(staff, case, LetterKind.UPHELD)
        endings.complete_action(staff["office"], case, "d")
    ACTS[act](staff, case)
    last = case.events.order_by("number").last()
    assert last.act == act
    assert last.stage_before == stage


@pytest.mark.parametrize("outcome", list(RULINGS))
def test_from_filing_by_each_decision_to_closing(outcome: Outcome, staff: dict[str, Any]) -> None:
    office, decider = staff["office"], staff["decider"]
    case = make_case(staff)
    completeness.request_information(office, case, "The decision")
    completeness.supply_information(case, "Here it is")
    completeness.find_complete(office, case)
    response.request_response(office, case, case.first_deciders.get())
    response.respond(case, "Ignatius", "We followed the rules.")
    decisions.submit(office, case)
    decisions.send_back(decider, case, "What did the rubric say?")
    decisions.submit(office, case)
    decided = decisions.decide(decider, case, RULINGS[outcome])
    assert (decided.outcome, decided.instrument, decided.office) == (
        outcome,
        "AP-1",
        "Office of the Deputy Provost",
    )
    with pytest.raises(CaseRefused, match="no letter on the outcome"):
        endings.close(office, case)
    letter(staff, case, OF_OUTCOME[outcome])
    if RULINGS[outcome].action:
        with pytest.raises(CaseRefused, match="not done yet"):
            endings.close(office, case)
        endings.complete_action(office, case, "The grade is 68 now.")
    endings.close(office, case)
    assert case.stage == Stage.CLOSED
    assert Retention.objects.get(case=case).retain_until.year == today().year + 7
    row = CaseStatistic.objects.get()
    assert (row.outcome, row.grounds, row.was_late) == (outcome, ["procedural-irregularity"], False)


def test_filed_late_and_taken_up(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.LATE)
    assert case.is_late
    with pytest.raises(CaseRefused, match="not yours"):
        decisions.accept_late(staff["office"], case, "r")
    decisions.accept_late(staff["decider"], case, "Illness is shown.")
    assert case.stage == Stage.COMPLETENESS


def test_filed_late_and_refused(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.LATE)
    decisions.refuse_late(staff["decider"], case, "Nothing kept them.")
    letter(staff, case, LetterKind.EXTENSION_REFUSED)
    endings.close(staff["office"], case)
    assert CaseStatistic.objects.get().outcome == Outcome.OUT_OF_TIME


@pytest.mark.parametrize(
    ("end", "kind"),
    [
        (lambda s, c: endings.withdraw(c), LetterKind.WITHDRAWN),
        (lambda s, c: endings.withdraw_for(s["office"], c, "By telephone"), LetterKind.WITHDRAWN),
        (lambda s, c: endings.resolve(s["office"], c, "Another attempt"), LetterKind.RESOLVED),
    ],
    ids=["withdrawn", "withdrawn for them", "resolved"],
)
def test_ended_early_also_while_suspended(
    end: Doing, kind: LetterKind, staff: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.RESPONSE)
    extensions.suspend(staff["office"], case, "Illness")
    end(staff, case)
    letter(staff, case, kind)
    endings.close(staff["office"], case)
    assert case.stage == Stage.CLOSED


def test_information_goes_back_to_the_review_it_was_asked_for_in(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.REVIEW)
    completeness.request_information(staff["office"], case, "The rubric")
    completeness.receive_information(staff["office"], case)
    assert case.stage == Stage.REVIEW


def test_an_appeal_that_stays_incomplete_is_decided_on_what_there_is(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.INFORMATION)
    decisions.submit(staff["office"], case, "Nothing came.")
    decisions.decide(staff["decider"], case, RULINGS[Outcome.DISMISSED])
    assert case.stage == Stage.CONCLUDED


@pytest.mark.parametrize(
    ("ruling", "missing"),
    [
        (Ruling(Outcome.DISMISSED, " "), "Reasons"),
        (Ruling(Outcome.UPHELD, "r"), "What follows"),
        (Ruling(Outcome.REFERRED_BACK, "r"), "Referred back to"),
        (Ruling(Outcome.WITHDRAWN, "r"), "Outcome"),
    ],
)
def test_a_decision_says_what_it_has_to(
    ruling: Ruling, missing: str, staff: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.DECISION)
    with pytest.raises(CaseRefused, match=missing):
        decisions.decide(staff["decider"], case, ruling)


def test_only_the_decider_or_a_delegate_in_force_decides(
    staff: dict[str, Any], people: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.DECISION)
    ruling = RULINGS[Outcome.DISMISSED]
    for other in (staff["office"], staff["delegate"], people["superuser"], people["department"]):
        with pytest.raises(CaseRefused, match="not yours"):
            decisions.decide(other, case, ruling)
    ACTS[Act.DELEGATED](staff, case)
    assert Act.DECIDED in acts_for(staff["delegate"], case)
    assert Act.DELEGATED not in acts_for(staff["delegate"], case)
    decided = decisions.decide(staff["delegate"], case, ruling)
    assert (decided.instrument, decided.by_name) == ("Memo 7", "Delegate")


def test_a_revoked_delegate_decides_nothing(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.DECISION)
    ACTS[Act.DELEGATED](staff, case)
    _revoke(staff, case)
    with pytest.raises(CaseRefused, match="not yours"):
        decisions.decide(staff["delegate"], case, RULINGS[Outcome.DISMISSED])


def test_extensions_keep_to_the_procedures(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.RESPONSE)
    with pytest.raises(CaseRefused, match="from 1 to 10"):
        extensions.extend(staff["office"], case, 11, "r")
    extensions.extend(staff["office"], case, 10, "r")
    with pytest.raises(CaseRefused, match="1 extension"):
        extensions.extend(staff["office"], case, 1, "r")


def test_numbers_go_on_without_gaps_also_after_a_refusal(staff: dict[str, Any]) -> None:
    first = make_case(staff)
    with pytest.raises(ValidationError):
        make_case(staff, grounds=[])
    second = make_case(staff)
    year = today().year
    assert (first.number, second.number) == (f"A-{year}-0001", f"A-{year}-0002")
