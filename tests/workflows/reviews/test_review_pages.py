"""Reviews in the admin: register, calendar, scheduling, self-study and conclusion by hand."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from credentials.compliance.policies import policy_in_force
from credentials.models import Course, MicroCredential
from tests.committee import committee, seat_committee
from tests.factories import CourseFactory
from tests.people import person
from tests.workflows.reviews.reviewing import ANSWERS, a_call, days, opened, publish_in_bulk
from tests.workflows.reviews.test_a_review import REVISE, finish
from workflows.calendar.dates import calendar_of
from workflows.meeting_papers.agenda import agenda_document
from workflows.meetings.agenda import build_agenda
from workflows.models import Meeting, ReviewCycle, ReviewOutcome
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.schedule import schedule_reviews
from workflows.reviews.self_study import save_study, submit_study

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
REGISTER = "/admin/workflows/reviewcycle/"
BEYOND = "9" * 20  # a key that no database holds


@pytest.fixture
def keys(root: Any, people: Any) -> dict[str, int]:
    """One overdue, one due within six months, one due in two years."""
    made = publish_in_bulk(
        {
            "Long overdue": (Course, TODAY - days(4 * 366), 0),
            "Due soon": (MicroCredential, TODAY - days(3 * 365 - 60), 0),
            "Far off": (Course, TODAY - days(360), 0),
        }
    )
    open_due_reviews()
    return made


@pytest.fixture
def department(people: Any) -> Client:
    client = Client()
    client.force_login(people["department"])
    return client


def cycle_of(key: int) -> ReviewCycle:
    return ReviewCycle.objects.standing().get(offering=key)


class TestTheRegister:
    def test_shows_the_overdue_first_and_the_policy_above(
        self, keys: dict[str, int], department: Client
    ) -> None:
        page = department.get(REGISTER).content.decode()
        places = [page.index(title) for title in ("Long overdue", "Due soon", "Far off")]
        assert places == sorted(places)
        assert policy_in_force().label in page[: places[0]]

    def test_is_filtered_and_exported(self, keys: dict[str, int], department: Client) -> None:
        page = department.get(REGISTER, {"due": "soon"}).content.decode()
        assert "Due soon" in page
        assert "Far off" not in page
        answer = department.get(REGISTER, {"export": "csv", "kind": "course"})
        text = b"".join(answer.streaming_content).decode()
        rows = list(csv.reader(io.StringIO(text)))
        assert [row[1] for row in rows[1:]] == ["Long overdue", "Far off"]

    def test_costs_the_same_at_any_length(self, keys: dict[str, int], department: Client) -> None:
        department.get(REGISTER)
        with CaptureQueriesContext(connection) as few:
            department.get(REGISTER)
        catalogue = {f"More {n}": (Course, TODAY - days(900), 0) for n in range(20)}
        publish_in_bulk({f"Other {title}": facts for title, facts in catalogue.items()})
        schedule_reviews()
        with CaptureQueriesContext(connection) as many:
            department.get(REGISTER)
        assert len(many) == len(few)
        assert len(many) <= 30


class TestTheCalendar:
    def test_lists_a_year_by_month_with_the_policy(
        self, keys: dict[str, int], department: Client
    ) -> None:
        policy = policy_in_force()
        address = reverse("governance:review_calendar")
        page = department.get(address, {"from": f"{policy.review_due_on:%Y-%m}"})
        assert policy.label in page.content.decode()
        now = department.get(address).content.decode()
        assert "Due soon" in now
        assert "overdue" in now

    def test_shows_a_month_as_weeks(self, keys: dict[str, int], department: Client) -> None:
        due = cycle_of(keys["Due soon"]).due_on
        address = reverse("governance:review_calendar")
        page = department.get(address, {"view": "month", "from": f"{due:%Y-%m}"}).content.decode()
        assert f'<time datetime="{due.isoformat()}">' in page
        assert "Due soon" in page
        for asked in ("nonsense", "0001-01", "9999-12", f"{TODAY.year + 5000}-06"):
            for view in ("", "month"):
                answer = department.get(address, {"from": asked, "view": view})
                assert answer.status_code == 200, asked

    def test_is_in_the_department_s_own_calendar(self, keys: dict[str, int], people: Any) -> None:
        text = calendar_of(people["department"], "https://example.org")
        events = Calendar.from_ical(text).walk("VEVENT")
        dates = {str(event["SUMMARY"]): event["DTSTART"].dt for event in events}
        assert dates["Review due: Due soon"] == cycle_of(keys["Due soon"]).due_on
        assert not Calendar.from_ical(calendar_of(people["editor"], "https://e.org")).walk("VEVENT")


class TestScheduling:
    def post(self, client: Client, keys: list[Any], **more: Any) -> Any:
        call = a_call(200)
        facts = {"due_on": call.due_on.isoformat(), "trigger": "regulation", "note": "The Act."}
        return client.post(
            reverse("governance:schedule_reviews"), {"offering": keys, **facts, **more}
        )

    def test_is_previewed_then_carried_out(self, keys: dict[str, int], department: Client) -> None:
        preview = self.post(department, [keys["Far off"], keys["Due soon"]]).content.decode()
        assert "Schedule 1 review" in preview
        assert "under way already" in preview
        assert cycle_of(keys["Far off"]).trigger == "clock", "nothing happened yet"
        self.post(department, [keys["Far off"], keys["Due soon"]], confirm="")
        assert cycle_of(keys["Far off"]).due_on == a_call(200).due_on

    def test_looking_for_another_offering_keeps_what_was_ticked_and_typed(
        self, keys: dict[str, int], department: Client
    ) -> None:
        answer = self.post(department, [keys["Far off"]], find="", q="nothing of that name")
        assert [cycle.offering_id for cycle in answer.context["cycles"]] == [keys["Far off"]]
        assert answer.context["ticked"] == {keys["Far off"]}
        assert answer.context["form"]["note"].value() == "The Act."
        assert cycle_of(keys["Far off"]).trigger == "clock", "nothing happened yet"

    def test_an_address_that_was_tampered_with_chooses_nothing(
        self, keys: dict[str, int], department: Client
    ) -> None:
        page = self.post(department, ["²", "x", "-1", BEYOND], confirm="").content.decode()
        assert "Choose at least one offering." in page
        for address in (REGISTER, reverse("governance:schedule_reviews")):
            for unit in ("²", BEYOND):
                assert department.get(address, {"unit": unit}, follow=True).status_code == 200

    def test_is_for_the_department_only(self, keys: dict[str, int], people: Any) -> None:
        client = Client()
        for name in ("editor", "committee", "superuser"):
            client.force_login(people[name])
            self.post(client, [keys["Far off"]], confirm="")
        assert cycle_of(keys["Far off"]).trigger == "clock"


class TestOneReviewInTheAdmin:
    @pytest.fixture
    def course(self, root: Any, people: Any) -> Any:
        return CourseFactory(parent=root, author=people["editor"], life="published")

    def test_from_self_study_to_letter(self, course: Any, people: Any, department: Client) -> None:
        cycle = opened(course)
        editor = Client()
        editor.force_login(people["editor"])
        address = reverse("governance:review_study", args=[cycle.pk])
        form = editor.get(address).content.decode()
        assert "Assess a patient’s risk of falling." in form
        rows = {
            "evidence-TOTAL_FORMS": "1",
            "evidence-INITIAL_FORMS": "0",
            "evidence-0-title": "Survey",
            "evidence-0-url": "https://survey.example.org/",
        }
        short = editor.post(address, {"outcomes": "Fine.", **rows, "submit": ""}).content.decode()
        assert "Fill in before you submit" in short
        rows["evidence-TOTAL_FORMS"] = "0"
        editor.post(address, {**ANSWERS, **rows, "submit": ""})
        page = department.get(reverse("governance:review", args=[cycle.pk])).content.decode()
        assert "Employers still ask for both outcomes." in page
        assert "Survey" in page
        conclude = reverse("governance:conclude_review", args=[cycle.pk])
        shown = cycle.submissions.get().study_hash
        department.post(conclude, {"result": "continue", "reasons": "Sound.", "study_hash": shown})
        assert ReviewOutcome.objects.get().decision.comment == "Sound."
        assert (
            "Sound."
            in department.get(reverse("governance:review", args=[cycle.pk])).content.decode()
        )

    def test_a_revision_is_asked_for_where_the_editor_works(self, course: Any, people: Any) -> None:
        cycle = opened(course)
        save_study(cycle, people["editor"], ANSWERS)
        finish(submit_study(cycle, people["editor"]), REVISE)
        client = Client()
        client.force_login(people["editor"])
        for address in (
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:edit", args=[course.pk]),
        ):
            assert "Add an outcome on lifts." in client.get(address).content.decode()

    def test_the_department_sees_on_its_home_page_what_is_due(
        self, course: Any, department: Client
    ) -> None:
        opened(course)
        page = department.get(reverse("wagtailadmin_home")).content.decode()
        assert "Reviews due" in page
        assert course.title in page


def test_the_committee_finds_the_self_study_in_its_agenda(
    keys: dict[str, int], people: Any
) -> None:
    cycle = cycle_of(keys["Due soon"])
    save_study(cycle, person("department"), ANSWERS)
    submit_study(cycle, person("department"))
    secretary = seat_committee()["secretary"]
    meeting = Meeting.objects.create(committee=committee(), starts_at=timezone.now() + days(9))
    assert build_agenda(meeting, secretary) == 1
    document = agenda_document(meeting)
    (item,) = document["parts"][0]["items"]
    text = str(item["sections"])
    assert "The observed transfer shows mastery." in text
    client = Client()
    client.force_login(secretary)
    for name in ("meeting", "agenda_package"):
        assert client.get(reverse(f"governance:{name}", args=[meeting.pk])).status_code == 200
