"""The catalogue's listing: what it finds, how it narrows, and what it never shows."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from credentials.choices import DeliveryMode
from credentials.models import Session
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory, skill
from tests.lifecycle import settle
from tests.on_record import publish_as_is
from tests.people import person
from tests.proposals import edit
from workflows.proposals.retirement import request_retirement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("offerings")]

LISTING = "/catalogue/"
QUERIES = 26  # whatever the number of offerings


def titles(client: Client, query: str = "") -> list[str]:
    """Titles listed, in order."""
    response = client.get(f"{LISTING}?{query}")
    assert response.status_code == 200
    return [card["document"]["title"] for card in response.context["cards"]]


def options(client: Client, facet: str, query: str = "") -> dict[str, int]:
    """A facet's options by label, with their counts."""
    facets = client.get(f"{LISTING}?{query}").context["facets"]
    found = next((item for item in facets if item.name == facet), None)
    return {option.label: option.count for option in found.options} if found else {}


@pytest.fixture(scope="module")
def offerings(module_root: Any) -> None:
    """A course and two micro-credentials."""
    root = module_root
    CourseFactory(
        parent=root,
        title="Bread science",
        summary="Understand why dough rises.",
        hours=Decimal("8"),
        fee=Decimal("0"),
        delivery_modes=[DeliveryMode.FACE_TO_FACE.value],
        language="fr",
        children={"sessions": [Session(starts=datetime.date(2027, 9, 6))]},
        life="live",
    )
    MicroCredentialFactory(
        parent=root,
        title="Safe patient handling",
        academic_unit=AcademicUnitFactory(),
        children={"offering_skills": [skill("Risk assessment")]},
        life="live",
    )
    MicroCredentialFactory(
        parent=root,
        title="Fall prevention",
        hours=Decimal("60"),
        fee=Decimal("900"),
        delivery_modes=[DeliveryMode.ONLINE.value, DeliveryMode.HYBRID.value],
        children={"offering_skills": [skill("Risk assessment"), skill("Home visits")]},
        life="live",
    )


@pytest.fixture
def catalogue(offerings: None, root: Any) -> Any:
    """Where a course and two micro-credentials stand."""
    return root


def test_all_offerings_are_listed_by_title(catalogue: Any, client: Client) -> None:
    assert titles(client) == ["Bread science", "Fall prevention", "Safe patient handling"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=dough", ["Bread science"]),
        ("q=safe+pat", ["Safe patient handling"]),
        ("kind=course", ["Bread science"]),
        ("kind=course&kind=micro_credential&q=fall+prevention", ["Fall prevention"]),
        ("category=short_course", ["Bread science"]),
        ("delivery=hybrid&delivery=face_to_face", ["Bread science", "Fall prevention"]),
        ("credit_basis=fac", []),
        ("language=fr", ["Bread science"]),
        ("academic_unit=health-sciences", ["Safe patient handling"]),
        ("hours_max=24", ["Bread science", "Safe patient handling"]),
        ("hours_min=24&hours_max=24", ["Safe patient handling"]),
        ("fee_max=0", ["Bread science"]),
        ("starts_from=2027-06-01&starts_to=2027-12-31", ["Bread science"]),
        ("sort=fee", ["Bread science", "Safe patient handling", "Fall prevention"]),
        ("sort=-published_at", ["Fall prevention", "Safe patient handling", "Bread science"]),
        ("sort=starts&kind=course", ["Bread science"]),
    ],
)
def test_a_search_lists_what_answers_it(
    catalogue: Any, client: Client, query: str, found: list[str]
) -> None:
    assert titles(client, query) == found


def test_facets_count_what_choosing_them_would_list(catalogue: Any, client: Client) -> None:
    assert options(client, "kind") == {"Micro-credential": 2, "Course": 1}
    assert options(client, "skill") == {"Risk assessment": 2, "Home visits": 1}
    assert options(client, "academic_unit") == {"Faculty of Health Sciences": 1}
    # The other filters count, its own choice does not.
    assert options(client, "kind", "kind=course&hours_max=24") == {
        "Course": 1,
        "Micro-credential": 1,
    }


def test_a_skill_in_the_address_narrows_the_list(catalogue: Any, client: Client) -> None:
    facets = client.get(LISTING).context["facets"]
    skills = next(facet for facet in facets if facet.name == "skill")
    visits = next(option for option in skills.options if option.label == "Home visits")
    assert titles(client, f"skill={visits.value}") == ["Fall prevention"]


def test_each_active_filter_can_be_removed_alone(catalogue: Any, client: Client) -> None:
    response = client.get(f"{LISTING}?q=fall&kind=course&kind=micro_credential&hours_max=80&page=2")
    active = {item.text: item.without for item in response.context["active_filters"]}
    assert active == {
        "“fall”": "?kind=course&kind=micro_credential&hours_max=80",
        "Kind: Course": "?q=fall&kind=micro_credential&hours_max=80",
        "Kind: Micro-credential": "?q=fall&kind=course&hours_max=80",
        "At most 80 hours": "?q=fall&kind=course&kind=micro_credential",
    }


def test_an_empty_list_says_what_to_do(catalogue: Any, client: Client) -> None:
    page = client.get(f"{LISTING}?q=glaciology&kind=course").content.decode()
    assert "0 offerings" in page
    assert "Check the spelling" in page
    assert "See the whole catalogue" in page


def test_a_value_that_makes_no_sense_is_named_and_left_out(catalogue: Any, client: Client) -> None:
    response = client.get(f"{LISTING}?hours_max=soon&kind=nonsense&starts_from=yesterday&page=-3")
    page = response.content.decode()
    assert response.status_code == 200
    assert len(response.context["cards"]) == 3
    for message in ("At most (hours): Enter a number.", "nonsense", "Enter a valid date."):
        assert message in page


@pytest.mark.parametrize("words", ["%", '"', "'; DROP", "AND", "NOT OR", "*", "-", "é̂"])
def test_no_search_words_break_the_page(catalogue: Any, client: Client, words: str) -> None:
    assert client.get(LISTING, {"q": words}).status_code == 200


def test_words_of_a_search_are_escaped(catalogue: Any, client: Client) -> None:
    page = client.get(LISTING, {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>" not in page


def test_drafts_and_unapproved_changes_are_not_listed(catalogue: Any, client: Client) -> None:
    CourseFactory(parent=catalogue, title="Only a draft")
    CourseFactory(parent=catalogue, title="Only submitted", life="submitted")
    edit(catalogue.get_children().get(slug="bread-science").specific, title="Bread magic")
    assert titles(client) == ["Bread science", "Fall prevention", "Safe patient handling"]
    assert titles(client, "q=draft") == titles(client, "q=magic") == []


def test_what_can_no_longer_be_taken_is_not_listed(catalogue: Any, client: Client) -> None:
    endings = [
        ("bread-science", "retire"),
        ("fall-prevention", "withdraw"),
    ]
    for slug, action in endings:
        offering = catalogue.get_children().get(slug=slug).specific
        asked = request_retirement(
            offering, person("department"), action=action, note="Replaced.", reason="Old."
        )
        settle(asked)
    assert titles(client) == ["Safe patient handling"]


def test_pages_of_results_keep_the_search(root: Any, client: Client) -> None:
    for number in range(20):
        CourseFactory(parent=root, title=f"Course {number:02}", life="live")
    assert len(titles(client, "kind=course")) == 20
    assert titles(client, "kind=course&page=2") == ["Course 19"]
    assert titles(client, "kind=course&page=99") == ["Course 19"]
    page = client.get(f"{LISTING}?kind=course").content.decode()
    assert 'href="?kind=course&amp;page=2"' in page


def test_a_longer_list_takes_no_more_queries(
    catalogue: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        MicroCredentialFactory(
            parent=catalogue,
            title=f"Micro {number}",
            children={"offering_skills": [skill(f"Skill of {number}")]},
            life="live",
        )
    with django_assert_max_num_queries(QUERIES):
        assert len(titles(client)) == 15
    with django_assert_max_num_queries(QUERIES):
        titles(client, "q=micro&kind=micro_credential&delivery=online")


def test_an_offering_published_now_is_listed_now(root: Any, client: Client) -> None:
    course = CourseFactory(parent=root, title="Night photography")
    assert "Night photography" not in titles(client)
    publish_as_is(course)
    assert titles(client, "q=photography") == ["Night photography"]
