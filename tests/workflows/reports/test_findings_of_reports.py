"""What each list contains, and what it leaves out."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from credentials.models import Agreement, AgreementParty, ClauseStanding, Session
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.people import person
from tests.proposals import agree, request_changes, stage_state, submit
from workflows.proposals.actions import hold
from workflows.reports import compliance, dormant, lapsing, not_offered

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 15)
TWO_YEARS_AGO = datetime.date(2024, 6, 15)


class TestNotOffered:
    """Live, not new, no session since a day."""

    @pytest.fixture
    def course(self, root: Any) -> Any:
        """Live since six years, its only session to come."""
        made = CourseFactory(parent=root)
        return self.long_live(made)

    @staticmethod
    def long_live(page: Any) -> Any:
        """As if approved and published then; the ledger is not the point here."""
        then = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        Page.objects.filter(pk=page.pk).update(live=True, first_published_at=then)
        return page

    @staticmethod
    def runs(course: Any, starts: datetime.date, ends: datetime.date | None) -> None:
        """Give it this session alone."""
        Session.objects.filter(offering=course.pk).update(starts=starts, ends=ends)

    @staticmethod
    def found() -> list[int]:
        """Keys of the offerings that the report lists."""
        offerings = not_offered.not_offered_since(TWO_YEARS_AGO)
        return [row["pk"] for row in not_offered.rows_of(offerings)]

    @pytest.mark.parametrize(
        ("starts", "ends", "listed"),
        [
            ("2024-06-14", None, True),
            ("2024-06-15", None, False),
            ("2024-01-10", "2024-06-14", True),
            ("2024-01-10", "2024-06-15", False),
            ("2027-01-11", None, False),
        ],
    )
    def test_a_session_counts_to_its_last_day(
        self, course: Any, starts: str, ends: str | None, listed: bool
    ) -> None:
        last = datetime.date.fromisoformat(ends) if ends else None
        self.runs(course, datetime.date.fromisoformat(starts), last)
        assert self.found() == ([course.pk] if listed else [])

    def test_one_that_never_ran_is_listed_but_not_a_new_or_a_withdrawn_one(
        self, course: Any
    ) -> None:
        Session.objects.filter(offering=course.pk).delete()
        assert self.found() == [course.pk]
        page = Page.objects.filter(pk=course.pk)
        page.update(first_published_at=timezone.now())
        assert self.found() == []
        self.long_live(course)
        page.update(live=False)
        assert self.found() == []

    def test_years_are_counted_from_the_last_day(self, root: Any, course: Any) -> None:
        self.runs(course, datetime.date(2022, 6, 1), datetime.date(2022, 6, 15))
        never = self.long_live(CourseFactory(parent=root))
        Session.objects.filter(offering=never.pk).delete()
        offerings = not_offered.not_offered_since(TWO_YEARS_AGO)
        assert not_offered.by_years(offerings, TODAY) == {"4": 1, "never": 1}
        assert not_offered.by_years(offerings, TODAY - datetime.timedelta(days=1)) == {
            "3": 1,
            "never": 1,
        }


class TestLapsing:
    """Opened, counting, with a last day."""

    @pytest.fixture
    def agreement(self, root: Any) -> Any:
        """Signed by everyone, to the end of the year."""
        page = MicroCredentialFactory(parent=root, agreed=False)
        agree(page)
        made = Agreement.objects.get(offering=page.pk)
        Agreement.objects.filter(pk=made.pk).update(ends_on=datetime.date(2026, 12, 31))
        return made

    def test_to_its_last_day_and_after_it(self, agreement: Any) -> None:
        assert not lapsing.lapsing(datetime.date(2026, 12, 30)).exists()
        assert lapsing.lapsing(datetime.date(2026, 12, 31)).get() == agreement
        found = lapsing.lapsing(datetime.date(2027, 6, 30))
        assert lapsing.by_month(found, TODAY) == (0, {datetime.date(2026, 12, 1): 1})
        assert lapsing.by_month(found, datetime.date(2027, 1, 1)) == (1, {})

    def test_one_that_a_newer_replaced_is_left_out(self, agreement: Any) -> None:
        Agreement.objects.create(
            offering_id=agreement.offering_id, number=2, state=Agreement.State.OPEN
        )
        assert not lapsing.lapsing(datetime.date(2030, 1, 1)).exists()

    def test_a_row_names_the_parties_and_whether_it_is_being_renewed(self, agreement: Any) -> None:
        [row] = lapsing.rows_of(lapsing.lapsing(datetime.date(2027, 1, 1)))
        names = AgreementParty.objects.filter(agreement=agreement).values_list("name", flat=True)
        assert sorted(row["party_names"].split("; ")) == sorted(names)
        assert (row["waits_for_signature"], row["is_being_renewed"]) == (False, False)
        Agreement.objects.create(offering_id=agreement.offering_id, number=2)
        [row] = lapsing.rows_of(lapsing.lapsing(datetime.date(2027, 1, 1)))
        assert row["is_being_renewed"]


class TestDormant:
    """On a route, and nothing has happened since."""

    @staticmethod
    def row(before: datetime.datetime) -> Any:
        """The only row, in words."""
        [row] = dormant.rows_of(dormant.dormant(dormant.open_states(), before))
        return dormant.Holders().read(row)

    def test_anything_that_happens_wakes_it(self, root: Any) -> None:
        course = CourseFactory(parent=root)
        submit(course)
        silent_since = timezone.now()
        tomorrow = silent_since + datetime.timedelta(days=1)
        yesterday = silent_since - datetime.timedelta(days=1)
        assert not dormant.dormant(dormant.open_states(), yesterday).exists()
        assert self.row(tomorrow).last_event < silent_since
        hold(stage_state(course), person("department"), "Waiting for the fee.")
        assert self.row(tomorrow).last_event > silent_since

    def test_who_has_it(self, root: Any) -> None:
        author = person("editor")
        course = CourseFactory(parent=root)
        submit(course, author)
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        row = self.row(tomorrow)
        assert (row.standing, row.held_by) == (
            "Under decision",
            "Continuous Learning Department",
        )
        hold(stage_state(course), person("department"), "Waiting for the fee.")
        row = self.row(tomorrow)
        assert (row.standing, row.held_by) == ("On hold", "Department-1")

    def test_what_was_sent_back_is_with_its_author(self, root: Any) -> None:
        course = CourseFactory(parent=root)
        submit(course, person("editor"))
        request_changes(course, person("department"))
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        row = self.row(tomorrow)
        assert (row.standing, row.held_by) == ("Sent back to its author", "Editor-1")
        states = dormant.dormant(dormant.open_states(), tomorrow)
        assert dormant.by_stage(states) == [("", 1)]


class TestCompliance:
    """The kept standings, counted."""

    def test_by_clause_in_the_policys_order(self, root: Any) -> None:
        courses = [CourseFactory(parent=root, agreed=False) for _number in range(3)]
        standings = {"PA-1": ("met", "met", "failing"), "DEF-1": ("met",)}
        ClauseStanding.objects.bulk_create(
            ClauseStanding(offering_id=course.pk, clause=clause, standing=standing)
            for clause, found in standings.items()
            for course, standing in zip(courses, found, strict=False)
        )
        rows = compliance.by_clause(ClauseStanding.objects.all(), compliance.clause_facts())
        assert [(row.number, row.met, row.failing, row.share) for row in rows] == [
            ("DEF-1", 1, 0, 100.0),
            ("PA-1", 2, 1, 66.7),
        ]
        assert rows[1].heading
        first = compliance.by_offering(ClauseStanding.objects.all())[0]
        assert (first["clause"], first["standing"]) == ("PA-1", "failing")
