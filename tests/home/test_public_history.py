"""The public part of an offering's history: versions, approvals and reviews; nothing internal."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credentials.models import ReviewDate
from credentials.templatetags.offering_reviews import reviews_of as told
from tests.committee import carry
from tests.factories import MicroCredentialFactory
from tests.lifecycle import settle
from tests.on_record import revise_as_is
from tests.people import person
from tests.proposals import approve, submit
from workflows.proposals.retirement import request_retirement

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-8")]

SECRETS = ("Not for the public", "Ballot of the chair", "Recording Person", "Decider-Person")
TODAY = timezone.localdate()


def reviewed(offering: Any, on: datetime.date, next_on: datetime.date | None = None) -> None:
    ReviewDate.objects.create(
        offering=offering,
        reviewed_on=on,
        due_on=next_on,
        reference=f"R{offering.pk}-1",
        recorded_by_key="1",
        recorded_by_name="Recording Person",
        recorded_at=timezone.now(),
    )


@pytest.fixture
def offering(root: Any) -> Any:
    """A micro-credential approved by the Committee, with words on the way that stay inside."""
    made = MicroCredentialFactory(parent=root, title="Safe Transfer", author=person("editor"))
    submit(made, person("editor"))
    decider = person("department")
    decider.first_name = "Decider-Person"
    decider.save()
    approve(made, decider, comment="Not for the public")
    carry(made, text="Ballot of the chair")
    made.refresh_from_db()
    return made


def page_of(offering: Any, client: Client, **query: str) -> str:
    response = client.get(f"/catalogue/{offering.slug}/", query)
    assert response.status_code == 200
    return response.content.decode()


def reviews_of(offering: Any, client: Client) -> Any:
    return client.get(f"/api/v1/offerings/{offering.uuid}/reviews")


def test_the_page_tells_of_each_version_who_approved_it_when_and_under_what(
    offering: Any, client: Client
) -> None:
    revise_as_is(offering, summary="Moves people with a colleague.")
    history = page_of(offering, client).split("<details>")[1].split("</details>")[0]
    assert history.count("Approved by") == 2
    for words in ("Continuous Learning Committee", "Under ACD 1532", "MC-1", f"A{offering.pk}-1"):
        assert words in history


def test_page_and_api_agree_on_reviews_done_and_next_due(offering: Any, client: Client) -> None:
    next_on = TODAY + datetime.timedelta(days=400)
    reviewed(offering, TODAY, next_on)
    body = reviews_of(offering, client).json()
    assert body["reviews"] == [{"reviewed_on": TODAY.isoformat(), "reference": f"R{offering.pk}-1"}]
    assert (body["next_due_on"], body["clause"]) == (next_on.isoformat(), "MC-8")
    page = page_of(offering, client)
    assert "Its next review is due on" in page
    assert f'datetime="{TODAY.isoformat()}"' in page
    assert f"{next_on.day} {next_on:%B %Y}" in page


def test_a_review_whose_day_has_passed_is_not_said_to_be_coming(
    offering: Any, client: Client
) -> None:
    due_on = TODAY - datetime.timedelta(days=3)
    ReviewDate.objects.create(offering=offering, due_on=due_on, reference="R1")
    page = page_of(offering, client)
    assert f"Its review was due on {due_on.day} {due_on:%B %Y}" in page
    assert "Its next review is due on" not in page


def test_without_a_review_the_policys_interval_says_when(offering: Any, client: Client) -> None:
    body = reviews_of(offering, client).json()
    assert body["reviews"] == []
    assert body["next_due_on"].startswith(str(TODAY.year + 3))
    assert "None so far." in page_of(offering, client)


def test_a_page_of_a_past_day_tells_the_reviews_of_that_day(offering: Any, client: Client) -> None:
    reviewed(offering, TODAY)
    versions = list(offering.versions.all())

    class Yesterday:
        day = TODAY - datetime.timedelta(days=1)

    assert told(versions, Yesterday()).done == ()  # type: ignore[arg-type]
    assert told(versions, None).done[0].reviewed_on == TODAY


def test_what_has_ended_is_due_for_no_review(offering: Any, client: Client) -> None:
    end_it(offering)
    body = reviews_of(offering, client).json()
    assert (body["next_due_on"], body["clause"]) == (None, "")


def end_it(offering: Any) -> None:
    asked = request_retirement(
        offering, person("department"), action="retire", note="Replaced.", reason="Nobody came."
    )
    settle(asked)


def test_a_stored_copy_stands_until_a_review_is_recorded(offering: Any, client: Client) -> None:
    etag = reviews_of(offering, client)["ETag"]
    address = f"/api/v1/offerings/{offering.uuid}/reviews"
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    reviewed(offering, TODAY)
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


def test_nothing_internal_is_in_it(offering: Any, client: Client) -> None:
    reviewed(offering, TODAY)
    told = page_of(offering, client) + reviews_of(offering, client).content.decode()
    told += client.get(f"/api/v1/offerings/{offering.uuid}/versions").content.decode()
    for secret in SECRETS:
        assert secret not in told


def test_it_is_told_in_french(offering: Any, client: Client) -> None:
    reviewed(offering, TODAY)
    client.cookies["django_language"] = "fr"
    page = page_of(offering, client)
    assert "Historique" in page
    assert "Approuvée par" in page
