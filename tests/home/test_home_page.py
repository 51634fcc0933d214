"""The front door, the menu, and the pages for what goes wrong."""

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client

from tests.factories import CourseFactory, MicroCredentialFactory

pytestmark = pytest.mark.django_db


def test_the_home_page_leads_into_the_catalogue(root: Any, client: Client) -> None:
    CourseFactory(parent=root, life="live")
    MicroCredentialFactory(parent=root, title="Newest", life="live")
    MicroCredentialFactory(parent=root, title="Only a draft")
    response = client.get("/")
    page = response.content.decode()
    assert 'action="/catalogue/"' in page
    assert 'href="/catalogue/?kind=micro_credential"' in page
    assert 'href="/catalogue/?category=short_course"' in page
    assert [way["count"] for way in response.context["kinds"]] == [1, 1]
    assert response.context["recent"][0]["document"]["title"] == "Newest"
    assert "Only a draft" not in page


def test_an_empty_catalogue_is_no_error(root: Any, client: Client) -> None:
    assert client.get("/").status_code == 200
    assert "Nothing has been published yet" in client.get("/catalogue/").content.decode()


def test_more_offerings_take_no_more_queries(
    root: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(8):
        CourseFactory(parent=root, life="live")
    with django_assert_max_num_queries(14):
        client.get("/")


def test_the_site_shows_the_institution_of_the_settings(
    root: Any, client: Client, settings: Any
) -> None:
    settings.CREDENCE = {"INSTITUTION_NAME": "Harbour College", "PRIMARY_COLOUR": "#5b2a86"}
    page = client.get("/").content.decode()
    assert "Harbour College" in page
    assert "--institution-primary: #5b2a86;" in page


def test_a_missing_page_leads_back(root: Any, client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert 'href="/catalogue/"' in response.content.decode()


def test_the_page_for_a_fault_needs_no_context() -> None:
    assert "Something went wrong" in get_template("500.html").render()


def test_visitors_are_given_no_cookie(root: Any, client: Client) -> None:
    CourseFactory(parent=root, title="Bread", life="live")
    for address in ("/", "/catalogue/", "/catalogue/bread/"):
        assert not client.get(address).cookies, address
