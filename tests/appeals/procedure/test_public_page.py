"""The public page explains the procedure in force, from its data, in both languages (AP-2)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.adoption import bring_into_force, draft_from
from appeals.models import ClockStart, Procedure, UniversityClosure

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

URL = "/appeals/"


def read(client: Client, language: str = "en") -> str:
    """The page in a language."""
    response = client.get(URL, headers={"accept-language": language})
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_the_data_say(client: Client, root: Any) -> None:
    page = read(client)
    for expected in (
        "Continuous Learning Appeal Procedures",
        "New evidence",
        "Procedural irregularity",
        "<strong>10 working days</strong>",
        "from the day on which you received the decision",
        "by 4 p.m. (Eastern Time) on the last day",
        "public holidays of Ontario",
        "An example for today",
        "destroyed 7 years after",
    ):
        assert expected in page, expected


def test_it_speaks_french(client: Client, root: Any) -> None:
    page = read(client, "fr")
    for expected in (
        '<html lang="fr">',
        "Procédure d’appel de la formation continue",
        "Nouvelle preuve",
        "Irrégularité de procédure",
        "<strong>10 jours ouvrables</strong>",
        "heure de l’Est",
    ):
        assert expected in page, expected
    for english in ("working day", "Grounds", "the last moment"):
        assert english not in page


def test_another_version_makes_another_page(
    client: Client, root: Any, in_force: Procedure, office: Any
) -> None:
    draft = draft_from(in_force, office, "Next")
    draft.time_limit, draft.clock_start = 1, ClockStart.DECISION
    draft.accepts_late = False
    draft.save()
    assert "<strong>10 working days</strong>" in read(client)
    bring_into_force(draft, timezone.localdate(), office)
    page = read(client)
    assert "<strong>1 working day</strong>" in page
    assert "counted from the date of the decision" in page
    assert "Ask before the time has run out" in page


def test_closures_to_come_are_listed(client: Client, root: Any, closure: UniversityClosure) -> None:
    assert "Winter break" in read(client)
    assert "Congé d’hiver" in read(client, "fr")


def test_without_a_version_in_force_there_is_no_page(
    client: Client, root: Any, today_is: Callable[[datetime.date], None]
) -> None:
    today_is(datetime.date(2000, 1, 1))
    assert client.get(URL).status_code == 404


def test_the_footer_of_every_public_page_leads_to_it(client: Client, root: Any) -> None:
    home = client.get(root.get_parent().get_url()).content.decode()
    assert f'href="{reverse("appeals:procedure")}"' in home


def test_it_asks_few_questions(
    client: Client, root: Any, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    read(client)
    with django_assert_max_num_queries(10):
        read(client)
