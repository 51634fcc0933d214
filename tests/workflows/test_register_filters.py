"""What the address of a register can ask: what its filters offer, and nothing else (law 6)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

REGISTERS = ("decision", "motion", "approval", "publishedversion", "reviewcycle", "agreement")
APPS = {"approval": "credentials", "publishedversion": "credentials", "agreement": "credentials"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(people: dict[str, Any], client: Client) -> Client:
    """A browser of somebody of the Department."""
    client.force_login(people["department"])
    return client


def address(register: str) -> str:
    """Where a register is read."""
    return reverse(f"{APPS.get(register, 'workflows')}_{register}_modeladmin_index")


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize(
    "query",
    [
        "offering__owner__password__startswith=md5",
        "no_such_column=1",
        "offering__id__exact=x",
        f"offering={'9' * 20}",
    ],
)
def test_another_question_is_not_answered(department: Client, register: str, query: str) -> None:
    response = department.get(f"{address(register)}?{query}", follow=True)
    assert response.redirect_chain == [(address(register), 302)]
    assert "no such filter" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["lead__password__startswith=md5", "lead=x", "lead__id__exact=²", f"lead={'9' * 20}"]
)
def test_a_review_does_not_tell_of_its_leads_account(department: Client, query: str) -> None:
    response = department.get(f"{address('reviewcycle')}?{query}")
    assert response.status_code == 302


def test_its_own_filters_are_answered(department: Client) -> None:
    for query in ("outcome__exact=approved", "decided_at__gte=2026-01-01 00:00:00-05:00", "q=x"):
        assert department.get(f"{address('decision')}?{query}").status_code == 200
