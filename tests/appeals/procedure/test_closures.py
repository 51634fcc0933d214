"""Closures of the university: added, taken back before they begin, and what they move (AP-2)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from appeals.choices import Looked, Stage
from appeals.deadlines.closing_days import add_closure, remove_closure
from appeals.deadlines.deadline import stage_deadline
from appeals.models import CaseAccess, UniversityClosure
from tests.appeals.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

ONE = datetime.timedelta(days=1)


def days(first: datetime.date, last: datetime.date, **changed: str) -> dict[str, str]:
    """What the form sends."""
    return {
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "name_en": "Burst pipe",
        "name_fr": "Conduite rompue",
    } | changed


@pytest.fixture
def as_clerk(staff: dict[str, Any]) -> Client:
    """A browser signed in as the office that has cases."""
    client = Client()
    client.force_login(staff["office"])
    return client


def test_a_closure_added_after_filing_moves_the_open_deadline_and_says_so_first(
    as_clerk: Client, staff: dict[str, Any]
) -> None:
    case, other = make_case(staff), make_case(staff, Stage.REVIEW)
    before = stage_deadline(case)
    assert before is not None
    assert before.at is not None
    last = before.at.date()
    url = reverse("appeal_closures:add")

    shown = as_clerk.post(url, days(last, last))
    assert shown.context["moved"][0].number == case.number
    assert case.number in shown.content.decode()
    assert not UniversityClosure.objects.exists()
    assert CaseAccess.objects.filter(what=Looked.BOARD, by_name="Office").count() == 1

    as_clerk.post(url, days(last, last, confirmed="1"))
    closure = UniversityClosure.objects.get()
    assert (closure.added_by_name, closure.first_day) == ("Office", last)
    after = stage_deadline(case)
    assert after is not None
    assert after.at is not None
    assert after.at > before.at
    assert after.deadline.days[-1].number == before.working_days
    assert "Burst pipe" in [day.name for day in after.deadline.skipped]
    moved = {row.number: row for row in shown.context["moved"]}
    assert moved[case.number].after == after.at
    assert other.number in moved


def test_removing_one_shows_which_deadlines_come_nearer(
    as_clerk: Client, staff: dict[str, Any]
) -> None:
    case = make_case(staff)
    plain = stage_deadline(case)
    assert plain is not None
    assert plain.at is not None
    day = plain.at.date()
    closure = add_closure(
        UniversityClosure(first_day=day, last_day=day, name_en="Storm", name_fr="Tempête"),
        staff["office"],
    )
    url = reverse("appeal_closures:remove", args=[closure.pk])
    (moved,) = as_clerk.get(url).context["moved"]
    assert (moved.number, moved.after) == (case.number, plain.at)
    as_clerk.post(url)
    assert not UniversityClosure.objects.exists()
    assert UniversityClosure.history.filter(history_type="-").count() == 1


def test_one_that_has_begun_stays(as_office: Client, office: Any) -> None:
    today = timezone.localdate()
    closure = add_closure(
        UniversityClosure(first_day=today, last_day=today + ONE, name_en="Storm", name_fr="T"),
        office,
    )
    with pytest.raises(ValidationError, match="has begun"):
        remove_closure(closure, office)
    as_office.post(reverse("appeal_closures:remove", args=[closure.pk]))
    assert UniversityClosure.objects.get() == closure


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"last_day": "2030-01-01"}, "comes before the first"),
        ({"last_day": "2031-12-01"}, "shorter than 120 days"),
        ({"name_fr": ""}, "This field is required"),
        ({"first_day": "soon"}, "Enter a valid date"),
    ],
)
def test_what_is_wrong_with_a_closure_is_said(
    as_office: Client, changed: dict[str, str], sentence: str
) -> None:
    good = days(datetime.date(2031, 1, 2), datetime.date(2031, 1, 3))
    page = as_office.post(reverse("appeal_closures:add"), good | changed | {"confirmed": "1"})
    assert sentence in page.content.decode()
    assert not UniversityClosure.objects.exists()


def test_two_closures_do_not_overlap(as_office: Client, closure: UniversityClosure) -> None:
    page = as_office.post(
        reverse("appeal_closures:add"),
        days(closure.last_day, closure.last_day + ONE, confirmed="1"),
    )
    assert "“Winter break” covers some of these days" in page.content.decode()


def test_its_name_is_in_the_readers_language(closure: UniversityClosure) -> None:
    with translation.override("fr"):
        assert UniversityClosure.objects.all().as_closures()[0].name == "Congé d’hiver"


def test_holidays_that_need_a_closure_are_told(
    as_office: Client, today_is: Callable[[datetime.date], None]
) -> None:
    today_is(datetime.date(2028, 3, 1))
    page = as_office.get(reverse("appeal_closures:index"))
    assert [(day.year, name) for day, name in page.context["gaps"]] == [
        (2028, "Canada Day"),
        (2029, "Canada Day"),
    ]


def test_the_register_asks_few_questions_and_is_exported(
    as_office: Client,
    office: Any,
    closure: UniversityClosure,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    for number in range(1, 8):
        day = closure.last_day + 3 * number * ONE
        add_closure(
            UniversityClosure(first_day=day, last_day=day, name_en="C", name_fr="F"), office
        )
    url = reverse("appeal_closures:index")
    as_office.get(url)
    with django_assert_max_num_queries(12):
        assert as_office.get(url).status_code == 200
    response = as_office.get(reverse("appeal_closures:export", args=["csv"]))
    assert "Winter break" in b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def test_what_a_closure_moves_is_found_with_a_number_of_questions_that_does_not_grow(
    as_clerk: Client,
    staff: dict[str, Any],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    day = timezone.localdate() + ONE
    url = reverse("appeal_closures:add")
    for _number in range(4):
        make_case(staff)
    as_clerk.post(url, days(day, day + 6 * ONE))
    with django_assert_max_num_queries(24):
        page = as_clerk.post(url, days(day, day + 6 * ONE))
    assert len(page.context["moved"]) == 4
