"""What is tried at the same moment by several: each attempt counts, each success once (AP-1)."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.utils import timezone

from appeals import drafts
from appeals.acts import contacts
from appeals.acts.filing import file_draft
from appeals.choices import Act, Purpose
from appeals.exceptions import CaseRefused
from appeals.models import Case, FilingDraft, OneTimeCode, PrivateLink
from appeals.private_access import links
from appeals.public.begin_page import LostLinkPage
from credentials.models import RequestCount
from credentials.private_links import one_time_codes
from credentials.private_links.one_time_codes import CodeRefused, enter_code, send_code
from credentials.private_links.request_limits import Limit, TooMany, spend
from tests.appeals.making import EMAIL, filing, make_case
from tests.appeals.staff import make_staff
from tests.at_once import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
    pytest.mark.clause("AP-1"),
]


@pytest.fixture
def link(people: dict[str, Any]) -> PrivateLink:
    """A link for which a code was sent: 123456."""
    token = links.issue(Purpose.APPELLANT, EMAIL, case=make_case(make_staff()))
    found = PrivateLink.objects.of(token).get()
    OneTimeCode.objects.create(
        link=found,
        code_hash=make_password("123456"),
        expires_at=timezone.now() + one_time_codes.VALID_FOR,
    )
    return found


def test_wrong_codes_at_once_all_count(link: PrivateLink) -> None:
    raised = at_once(*[lambda: enter_code(link, "000000")] * 10)
    assert len(raised) == 10
    assert all(isinstance(error, CodeRefused) for error in raised)
    assert OneTimeCode.objects.get().attempts == one_time_codes.ATTEMPTS
    link.refresh_from_db()
    assert link.failures == one_time_codes.ATTEMPTS


def test_the_right_code_opens_for_one_of_two(link: PrivateLink) -> None:
    raised = at_once(*[lambda: enter_code(link, "123456")] * 4)
    assert len(raised) == 3
    assert all(isinstance(error, CodeRefused) for error in raised)


def test_codes_asked_for_at_once_keep_within_the_limit(link: PrivateLink) -> None:
    raised = at_once(*[lambda: send_code(link)] * 8)
    assert len(raised) == 4  # one of the five was sent before
    assert OneTimeCode.objects.count() == one_time_codes.CODES_AN_HOUR


def test_no_code_outlives_the_end_of_its_link(link: PrivateLink) -> None:
    office = get_user_model().objects.get(username="office")
    assert link.case
    case = link.case
    raised = at_once(
        *[lambda: send_code(link)] * 3,
        lambda: contacts.end_links(office, case, Purpose.APPELLANT, "r"),
        *[lambda: send_code(link)] * 3,
    )
    assert all(isinstance(error, CodeRefused) for error in raised)
    assert case.events.filter(act=Act.LINKS_ENDED).count() == 1
    assert not PrivateLink.objects.exists()
    assert not OneTimeCode.objects.exists()


def test_no_link_goes_to_an_address_while_it_is_corrected(link: PrivateLink) -> None:
    office = get_user_model().objects.get(username="office")
    assert link.case
    case = link.case
    asked = {"number": case.number, "email": EMAIL}
    new = "wil.right@learners.example"
    raised = at_once(
        *[lambda: LostLinkPage().send(asked)] * 3,
        lambda: contacts.correct_address(office, case, new, "", "r"),
        *[lambda: LostLinkPage().send(asked)] * 3,
    )
    assert raised == []
    assert set(PrivateLink.objects.values_list("email", flat=True)) == {new}


def test_a_limit_holds_for_requests_at_once(db: None) -> None:
    limit = Limit("tests", 5, datetime.timedelta(hours=1))
    raised = at_once(*[lambda: spend(limit, "somewhere")] * 12)
    assert len(raised) == 7
    assert all(isinstance(error, TooMany) for error in raised)
    assert RequestCount.objects.get().count == 5


def test_an_appeal_sent_twice_at_once_is_filed_once(people: dict[str, Any]) -> None:
    make_staff()
    drafts.begin(EMAIL, "en")
    draft = FilingDraft.objects.get()
    raised = at_once(*[lambda: file_draft(draft, filing(first_deciders=[]))] * 4)
    assert len(raised) == 3
    assert all(isinstance(error, CaseRefused) for error in raised)
    assert Case.objects.count() == 1
