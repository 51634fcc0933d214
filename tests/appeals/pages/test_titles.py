"""Every page of appeals in the admin says its title once, in Wagtail's header."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.acts.letters import issue
from appeals.choices import Act, Stage
from appeals.deadlines.closing_days import add_closure
from appeals.models import Case, Procedure, UniversityClosure
from appeals.rules.letter_text import LetterKind
from tests.appeals.making import DAY, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TAB = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.fixture
def case(staff: dict[str, Any]) -> Case:
    """A case with a letter."""
    made = make_case(staff, Stage.COMPLETENESS)
    issue(staff["office"], made, LetterKind.ACKNOWLEDGEMENT, "It has arrived", "Dear you")
    return made


def pages(case: Case, staff: dict[str, Any]) -> dict[str, str]:
    """Addresses of pages that the office opens, with the title of each.

    Registers have a header of their own, which says theirs.
    """
    of_case = [case.number]
    procedure = Procedure.objects.in_force().get()
    first = timezone.localdate() + 9 * DAY
    names = {"name_en": "Winter break", "name_fr": "Congé d’hiver"}
    closure = UniversityClosure(first_day=first, last_day=first, **names)
    add_closure(closure, staff["office"])
    return {
        reverse("appeals_admin:board"): "Appeals",
        reverse("appeals_admin:file"): "File an appeal for somebody",
        reverse("appeals_admin:log"): "Access log",
        reverse("appeals_admin:statistics"): "Yearly figures of appeals",
        reverse("appeals_admin:case", args=of_case): f"Appeal {case.number}",
        reverse("appeals_admin:copy", args=of_case): f"Redacted copy: {case.number}",
        reverse("appeals_admin:issue_letter", args=of_case): f"Issue a letter: {case.number}",
        reverse("appeals_admin:letter", args=[case.number, 1]): f"{case.number}/1",
        reverse("appeals_admin:act", args=[case.number, Act.NOTED]): f"Add a note: {case.number}",
        **{
            reverse(f"appeal_procedure:{name}", args=[procedure.pk]): f"Appeal procedure: {title}"
            for name, title in (
                ("version", procedure.label),
                ("preview", "Preview dates"),
                ("history", "History"),
            )
        },
        reverse("appeal_procedure:index"): "Appeal procedure",
        reverse("appeal_closures:index"): "University closures",
        reverse("appeal_closures:add"): "University closures: Add a closure",
        reverse("appeal_closures:remove", args=[closure.pk]): (
            "University closures: Remove a closure"
        ),
    }


def test_each_page_has_one_title_which_the_tab_repeats(
    case: Case, staff: dict[str, Any], client: Client
) -> None:
    client.force_login(staff["office"])
    for address, title in pages(case, staff).items():
        page = client.get(address).content.decode()
        found = [" ".join(one.split()) for one in TITLE.findall(page)]
        assert found == [title], address
        tab = TAB.search(page)
        assert tab, address
        assert title in " ".join(tab[1].split()), address


def test_so_does_the_page_on_which_a_superuser_says_why(
    case: Case, people: dict[str, Any], client: Client
) -> None:
    client.force_login(people["superuser"])
    for address in (
        reverse("appeals_admin:reason"),
        reverse("appeals_admin:reason_for_case", args=[case.number]),
    ):
        page = client.get(address).content.decode()
        assert [one.strip() for one in TITLE.findall(page)] == ["This is confidential"]
