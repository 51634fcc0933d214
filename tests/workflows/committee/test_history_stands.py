"""A decision of the past reads the same, whatever becomes of people, seats, rules, revisions."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Revision

from credentials.models import PublishedVersion
from tests.committee import committee, defeat, open_vote, seat, term, vote, vote_all
from tests.factories import MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person
from tests.proposals import approve, edit, submit
from workflows.admin.committees.motion_detail import MotionReading
from workflows.choices import MajorityBasis, QuorumBasis, SeatRole, Threshold, TieBreak
from workflows.committee.conditions import confirm_condition
from workflows.committee.outcome_words import explain
from workflows.committee.results import close_motion
from workflows.committee.rules import make_rules
from workflows.models import (
    Ballot,
    Condition,
    ConditionMet,
    Decision,
    DecisionLetter,
    Motion,
    MotionResult,
    RosterSeat,
    Seat,
    SeatTerm,
)

pytestmark = pytest.mark.django_db

RECORD = (Decision, Motion, RosterSeat, Ballot, Condition, ConditionMet, MotionResult)


@pytest.fixture
def past(root: Any, seated: Any) -> Motion:
    """Carried on condition, with a recusal, a change of mind, an alternate and an abstention."""
    fourth, stand_in = person("committee", 4), person("committee", 5)
    seat(fourth, title="Faculty of Arts")
    term(Seat.objects.get(terms__person=seated["third"]), stand_in, is_alternate=True)
    offering = MicroCredentialFactory(parent=root, author=fourth)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    motion = open_vote(
        offering,
        text="That it be approved.",
        conditions=("Hire an instructor.",),
        moved_by="Committee-1",
        seconded_by="Committee-2",
    )
    vote(motion, seated["chair"], "no", "Too dear.")
    vote(motion, seated["chair"], "yes")
    vote(motion, seated["second"], "abstain")
    vote(motion, stand_in, "yes", "Well argued.")
    close_motion(motion, seated["secretary"])
    confirm_condition(motion.conditions.get(), seated["secretary"], "Minute 4.")
    assert PublishedVersion.objects.count() == 1
    return Motion.objects.get(pk=motion.pk)


@pytest.fixture
def keeper(root: Any) -> Any:
    """Somebody who may change the committee's rules."""
    someone = get_user_model().objects.create_user("keeper")
    someone.user_permissions.add(Permission.objects.get(codename="change_committee"))
    return someone


def register() -> dict[str, Any]:
    """All that the register shows of every decision and motion."""
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in RECORD}
    nobody = get_user_model()()
    pages = []
    for motion in Motion.objects.order_by("pk"):
        reading = MotionReading(motion, nobody)
        pages.append((str(motion), reading.outcome, reading.rules, reading.seats))
    words = [explain(result) for result in MotionResult.objects.order_by("pk")]
    names = [str(row) for model in RECORD for row in model.objects.order_by("pk")]
    return {**rows, "pages": pages, "words": words, "names": names}


def pages(motion: Motion) -> dict[str, str]:
    """What a reader of the register is shown: lists, exports, and the pages they lead to."""
    reader, _made = get_user_model().objects.get_or_create(username="reader", is_superuser=True)
    client = Client()
    client.force_login(reader)
    approval = PublishedVersion.objects.get().approval
    letter = DecisionLetter.objects.latest("pk")
    addresses = [
        "/admin/workflows/decision/",
        "/admin/workflows/decision/?export=csv",
        *(f"/admin/workflows/decision/inspect/{row.pk}/" for row in Decision.objects.all()),
        "/admin/workflows/motion/",
        "/admin/workflows/motion/?export=csv",
        "/admin/credentials/approval/?export=csv",
        reverse("governance:motion", args=[motion.pk]),
        reverse("governance:approval", args=[approval.pk]),
        reverse("governance:letter", args=[letter.pk]),
        reverse("governance:proposal", args=[motion.offering_id]),
    ]
    return {address: _told(client.get(address)) for address in addresses}


def _told(response: Any) -> str:
    """The words of a page's main part, without what Wagtail puts around it."""
    assert response.status_code == 200, response
    text = response.getvalue().decode() if response.streaming else response.content.decode()
    main = text[text.find("<main") : text.find("</main>")] if "<main" in text else text
    return " ".join(strip_tags(main).split())


def take_other_names() -> None:
    for number, user in enumerate(get_user_model().objects.exclude(username="reader")):
        user.first_name, user.last_name = "Other", f"Name{number}"
        user.save()


def delete_everybody() -> None:
    get_user_model().objects.all().delete()


def retitle_seats() -> None:
    Seat.objects.update(title="Retitled", role=SeatRole.NON_VOTING, votes=False, position=0)
    Seat.objects.update(abolished_on=timezone.localdate())


def end_all_terms() -> None:
    SeatTerm.objects.update(
        ends_on=timezone.localdate() - datetime.timedelta(days=1), person_name="Somebody Else"
    )


def change_the_rules() -> None:
    keeper = get_user_model().objects.get(username="keeper")
    make_rules(
        committee(),
        keeper,
        quorum_basis=QuorumBasis.NUMBER,
        quorum=12,
        majority_basis=MajorityBasis.ALL,
        threshold=Threshold.TWO_THIRDS,
        tie_break=TieBreak.DEFEATED,
        notice_days=30,
        e_vote_hours=1,
        reason="New terms of reference.",
    )


def rename_the_committee() -> None:
    body = committee()
    body.name = "Another name"
    body.save()


def purge_revisions() -> None:
    call_command("purge_revisions", days=0, pages=True, verbosity=0)
    live = PublishedVersion.objects.get().offering.live_revision_id
    Revision.objects.exclude(pk=live).delete()


@pytest.mark.parametrize(
    "upheaval",
    [
        delete_everybody,
        retitle_seats,
        end_all_terms,
        change_the_rules,
        rename_the_committee,
        purge_revisions,
    ],
)
def test_the_register_reads_the_same(past: Motion, upheaval: Any, keeper: Any) -> None:
    before = register()
    upheaval()
    assert register() == before


def test_the_pages_of_the_register_read_the_same_after_all_of_it(past: Motion, keeper: Any) -> None:
    before = pages(past)
    shown = " ".join(before.values())
    for words in (
        "Committee-1",
        "Department-1",
        "Well argued.",
        "Minute 4.",
        "quorum 2",
    ):
        assert words in shown, words
    for upheaval in (take_other_names, change_the_rules, purge_revisions, delete_everybody):
        upheaval()
        assert pages(past) == before, upheaval


def test_after_all_of_it_the_register_still_reads_the_same(past: Motion, keeper: Any) -> None:
    before = register()
    assert before["words"] == [
        "3 of 3 seats present, quorum 2, 2 yes 0 no, 1 abstention, 1 seat recused: carried."
    ]
    for upheaval in (
        change_the_rules,
        retitle_seats,
        end_all_terms,
        purge_revisions,
        delete_everybody,
        rename_the_committee,
    ):
        upheaval()
    assert register() == before


def test_people_who_take_other_names_keep_the_old_ones_in_the_past(
    past: Motion, seated: Any
) -> None:
    before = register()
    for number, user in enumerate(get_user_model().objects.order_by("pk")):
        user.username, user.first_name, user.last_name = f"new-{number}", "Other", f"Name{number}"
        user.save()
    assert register() == before
    lines = before["pages"][0][3]
    assert {line.holder for line in lines} == {
        "Committee-1",
        "Committee-2",
        "Committee-3",
        "Committee-4",
    }
    assert [line.voter for line in lines] == ["Committee-1", "Committee-2", "Committee-5", ""]


def test_later_decisions_on_the_same_offering_leave_it_as_it_was(past: Motion) -> None:
    before = {model: list(model.objects.order_by("pk").values()) for model in RECORD}
    offering = past.offering.specific
    revise(offering, competency="Moves patients on a ward.")
    edit(offering, competency="Moves patients anywhere.")
    submit(offering)
    approve(offering, person("department"))
    defeat(offering)
    for model, rows in before.items():
        assert list(model.objects.order_by("pk").values())[: len(rows)] == rows
    assert Motion.objects.count() == 3


def test_the_content_that_was_voted_on_can_be_read_without_revisions(past: Motion) -> None:
    purge_revisions()
    approval = PublishedVersion.objects.get().approval
    assert past.content == approval.content
    assert past.content_hash == approval.content_hash


def test_a_member_who_was_deleted_mid_vote_stays_in_the_count(proposal: Any, seated: Any) -> None:
    motion = open_vote(proposal)
    vote_all(motion)
    rows = [model_to_dict(ballot) for ballot in Ballot.objects.all()]
    seated["second"].delete()
    seated["third"].delete()
    result = close_motion(motion, seated["secretary"])
    assert (result.yes, result.present) == (3, 3)
    assert [model_to_dict(ballot) for ballot in Ballot.objects.all()] == rows
