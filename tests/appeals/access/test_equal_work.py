"""Whether there is a case, a draft or a code shows in no answer, nor in the work behind it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.choices import Looked
from appeals.models import CaseAccess, FilingDraft, OneTimeCode, PrivateLink
from tests.appeals.making import EMAIL, make_case
from tests.appeals.visiting import Visitor, an_old_mark, letters_to

pytestmark = pytest.mark.django_db

MISSING = "A-1999-9999"


class CountingHasher(MD5PasswordHasher):
    """Counts how often something is hashed."""

    hashed = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        type(self).hashed += 1
        return str(super().encode(*args, **kwargs))


def work(act: Callable[[], Any]) -> tuple[int, list[str], Any]:
    """What an act cost: hashes, the kinds of its queries in their order; and its status."""
    before = CountingHasher.hashed
    with CaptureQueriesContext(connection) as queries:
        response = act()
    kinds = [query["sql"].split()[0] for query in queries]
    return CountingHasher.hashed - before, kinds, getattr(response, "status_code", None)


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    """Every hash counts."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]


@pytest.mark.parametrize("who", ["editor", "committee", "office", "superuser"])
def test_a_number_that_exists_costs_what_one_that_does_not_costs(
    staff: dict[str, Any], people: dict[str, Any], who: str
) -> None:
    case = make_case(staff)
    person = {**people, **staff}[who]
    client = Client()
    client.force_login(person)
    if who == "office":  # who may see all but those of their own decisions
        case.first_deciders.create(name="Office", user_key=str(person.pk), plain_name="office")

    def look(number: str) -> tuple[int, list[str], Any]:
        return work(lambda: client.get(reverse("appeals_admin:case", args=[number])))

    look(MISSING)  # what is read once for all
    assert look(MISSING) == look(case.number)


def test_the_office_sees_that_numbers_are_tried(
    staff: dict[str, Any], people: dict[str, Any], client: Client
) -> None:
    client.force_login(people["editor"])
    client.get(reverse("appeals_admin:case", args=[MISSING]))
    entry = CaseAccess.objects.get(what=Looked.REFUSED)
    assert (entry.case, entry.by_key) == (None, str(people["editor"].pk))
    client.force_login(staff["office"])
    assert "Was refused" in client.get(reverse("appeals_admin:log")).content.decode()


def test_asking_for_a_lost_link_costs_the_same_whoever_asks(
    staff: dict[str, Any], stranger: Visitor
) -> None:
    case = make_case(staff)

    def ask(number: str, email: str) -> tuple[int, list[str], Any]:
        form = {"number": number, "email": email, "shown": an_old_mark()}
        return work(lambda: stranger.client.post("/appeals/link/", form))

    for email in ("other@example.org", EMAIL):
        ask(MISSING, email)  # the first request of an address begins its count
        alike, found = (
            [kind for kind in ask(number, email)[1] if kind not in ("RELEASE", "ROLLBACK")]
            for number in (MISSING, case.number)
        )
        assert found == alike
    assert PrivateLink.objects.filter(case=case).count() == 2  # filed, and asked for
    assert not PrivateLink.objects.exclude(case=case).exists()
    assert not letters_to("other@example.org")


def test_beginning_costs_the_same_where_something_was_begun(visitor: Visitor) -> None:
    def begin() -> tuple[int, list[str], Any]:
        form = {"email": visitor.email, "shown": an_old_mark()}
        return work(lambda: visitor.client.post("/appeals/file/", form))

    def count(kinds: list[str]) -> int:
        return len([kind for kind in kinds if kind != "UPDATE" and kind != "INSERT"])

    begin()
    FilingDraft.objects.all().delete()
    first, again = begin(), begin()
    assert len(first[1]) == len(again[1])
    assert count(first[1]) == count(again[1])


def test_a_code_is_hashed_whether_or_not_one_was_sent(visitor: Visitor) -> None:
    visitor.begin()
    visitor.post(step="send")

    def enter() -> tuple[int, list[str], Any]:
        return work(lambda: visitor.post(step="enter", code="000000"))

    wrong = enter()
    OneTimeCode.objects.all().delete()
    assert enter()[0] == wrong[0] == 1
