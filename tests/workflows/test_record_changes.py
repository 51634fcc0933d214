"""The timeline says who changed a governing record, from what, to what."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.models import Agreement
from credentials.timeline import Changed, Entry
from tests.committee import open_vote, seat_committee
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.choices import AgendaPart
from workflows.models import AgendaItem, Bundle, BundledOffering, Committee, Meeting, Motion
from workflows.timeline.record_changes import record_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(root: Any, people: Any) -> Any:
    """A course of an academic unit."""
    return CourseFactory(parent=root, academic_unit=AcademicUnitFactory(name="Nursing"))


def changed(offering: Any) -> list[Entry]:
    return [entry for entry in record_changes(offering) if entry.changes]


def saved_by(person: Any, record: Any) -> None:
    record._history_user = person
    record.save()


def test_a_bundle(course: Any, people: Any) -> None:
    bundle = Bundle.objects.create(title="Two", reason="One lab.", made_by_name="Ada")
    BundledOffering.objects.create(bundle=bundle, offering=course, title=course.title)
    bundle.state = Bundle.State.DISSOLVED
    saved_by(people["department"], bundle)
    (entry,) = changed(course)
    assert entry.who == "Department"
    assert entry.what == "Bundle “Two”: changed"
    assert entry.changes == (Changed("Standing", "Under decision", "Dissolved"),)


def test_an_academic_unit_and_who_signs_off_for_it(course: Any, people: Any) -> None:
    unit = course.academic_unit
    unit.name = "School of Nursing"
    saved_by(people["superuser"], unit)
    unit.approvers.add(Group.objects.create(name="Nursing chairs"))
    name, approvers = changed(course)
    assert name.changes == (Changed("Name", "Nursing", "School of Nursing"),)
    assert name.who == "root"
    assert approvers.changes == (Changed("Approvers", "", "Nursing chairs"),)


def test_an_approver_group_that_was_deleted_since_hides_nothing(course: Any) -> None:
    group = Group.objects.create(name="Chairs")
    course.academic_unit.approvers.add(group)
    number = group.pk
    group.delete()
    assert changed(course)[0].changes[0].after == f"#{number}"


def test_an_item_pulled_from_consent(course: Any, people: Any) -> None:
    committee = Committee.objects.create(name="C", group=Group.objects.create(name="C"))
    meeting = Meeting.objects.create(committee=committee, starts_at=timezone.now(), place="Here")
    item = AgendaItem.objects.create(
        meeting=meeting, offering=course, title="Safe Transfer", part=AgendaPart.CONSENT
    )
    item.position = 7
    item.save()
    item.part, item.pulled_by_name = AgendaPart.DISCUSSION, "Ada"
    saved_by(people["committee"], item)
    (entry,) = changed(course)
    assert entry.changes == (
        Changed("Part", "Consent", "Discussion"),
        Changed("Pulled by", "", "Ada"),
    )


def test_a_new_version_of_the_agreement(course: Any) -> None:
    now = timezone.now()
    for number, ends_on in ((7, datetime.date(2027, 5, 31)), (8, datetime.date(2029, 5, 31))):
        Agreement.objects.create(
            offering=course,
            number=number,
            ends_on=ends_on,
            state=Agreement.State.OPEN,
            opened_at=now,
        )
    (entry,) = changed(course)
    assert entry.changes == (Changed("Until", "May 31, 2027", "May 31, 2029"),)


class TestRulesOfACommittee:
    @pytest.fixture
    def at_vote(self, root: Any) -> Motion:
        """A motion on a micro-credential."""
        offering = MicroCredentialFactory(parent=root, author=person("editor"))
        submit(offering, person("editor"))
        approve(offering, person("department"))
        seat_committee()
        return open_vote(offering)

    def test_are_told_once_they_change_after_it_had_a_motion(self, at_vote: Motion) -> None:
        rules = at_vote.committee.rules_in_force()
        assert changed(at_vote.offering) == []
        rules.pk, rules.number, rules.quorum = None, rules.number + 1, rules.quorum + 10
        rules.in_force_from, rules.made_by_name = timezone.now(), "Ada"
        rules._state.adding = True
        rules.save()
        (entry,) = changed(at_vote.offering)
        assert entry.who == "Ada"
        assert entry.changes == (Changed("Quorum", str(rules.quorum - 10), str(rules.quorum)),)


def test_the_page_says_from_and_to_without_colour(course: Any, people: Any, client: Client) -> None:
    unit = course.academic_unit
    unit.name = "School of Nursing"
    saved_by(people["superuser"], unit)
    client.force_login(people["editor"])
    page = client.get(reverse("governance:timeline", args=[course.pk])).content.decode()
    assert "from <del>Nursing</del> to <ins>School of Nursing</ins>" in page
    export = client.get(
        reverse("governance:timeline", args=[course.pk]), {"export": "csv", "kind": "record"}
    )
    text = b"".join(export.streaming_content).decode()
    assert "Name: Nursing → School of Nursing" in text
