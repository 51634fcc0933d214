"""Private links and codes cannot be guessed, and leave no trace in logs (AP-1, law 6)."""

import datetime
import logging
from typing import Any

import pytest
from django.utils import timezone

from appeals.choices import Purpose
from appeals.models import OneTimeCode, PrivateLink
from appeals.private_access import links
from appeals.public.private_page import PrivatePage
from credentials.models import RequestCount
from credentials.private_links import one_time_codes
from credentials.private_links.one_time_codes import (
    MOST_FAILURES,
    CodeRefused,
    enter_code,
    send_code,
)
from tests.appeals.making import make_case
from tests.appeals.visiting import EMAIL, Visitor, an_old_mark, last_code, text

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]
GUESSES = 10_000
ONE_HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def link(staff: dict[str, Any]) -> PrivateLink:
    """The appellant's link to a case."""
    token = links.issue(Purpose.APPELLANT, EMAIL, case=make_case(staff))
    return PrivateLink.objects.of(token).get()


def test_ten_thousand_guesses_within_the_limits_get_nowhere(
    link: PrivateLink, monkeypatch: Any
) -> None:
    now = timezone.now()
    clock = {"now": now}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])
    compared = []
    real = one_time_codes.is_code
    monkeypatch.setattr(
        one_time_codes, "is_code", lambda *both: compared.append(both) or real(*both)
    )
    # The code that is sent is never among the guesses' first few by luck: it is the last of all.
    monkeypatch.setattr(one_time_codes.secrets, "randbelow", lambda most: most - 1)

    accepted = 0
    for guess in range(GUESSES):
        if not one_time_codes.has_code(link):
            try:
                send_code(link)
            except CodeRefused:
                # As patient as a month allows: an hour passes, and another code is asked for.
                clock["now"] += ONE_HOUR
        try:
            enter_code(link, f"{guess:06}")
        except CodeRefused:
            link.refresh_from_db()
        else:
            accepted += 1
    assert accepted == 0
    # All the others were refused without a comparison, whatever they were.
    assert len(compared) == MOST_FAILURES
    assert link.failures == MOST_FAILURES
    with pytest.raises(CodeRefused):
        enter_code(link, "999999")


def test_a_token_is_long_and_no_two_are_alike(staff: dict[str, Any]) -> None:
    case = make_case(staff)
    tokens = {links.issue(Purpose.APPELLANT, EMAIL, case=case) for _n in range(50)}
    assert len(tokens) == 50
    assert min(map(len, tokens)) >= 43  # 256 bits
    kept = str(list(PrivateLink.objects.values()))
    assert not any(token in kept for token in tokens)


def test_a_code_works_once(link: PrivateLink, visitor: Visitor) -> None:
    with visitor.commits(execute=True):
        send_code(link)
    code = last_code(EMAIL)
    enter_code(link, code)
    with pytest.raises(CodeRefused, match="expired or was tried"):
        enter_code(link, code)


def test_a_code_is_kept_as_a_slow_hash_only(link: PrivateLink, visitor: Visitor) -> None:
    with visitor.commits(execute=True):
        send_code(link)
    assert last_code(EMAIL) not in str(OneTimeCode.objects.values().get())


def test_a_code_ends_after_ten_minutes(
    link: PrivateLink, visitor: Visitor, monkeypatch: Any
) -> None:
    with visitor.commits(execute=True):
        send_code(link)
    later = timezone.now() + one_time_codes.VALID_FOR
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(CodeRefused, match="expired"):
        enter_code(link, last_code(EMAIL))


def test_a_newer_code_replaces_the_older(link: PrivateLink, visitor: Visitor) -> None:
    with visitor.commits(execute=True):
        send_code(link)
        older = OneTimeCode.objects.get()
        send_code(link)
    older.refresh_from_db()
    assert older.expires_at <= timezone.now()


def test_five_codes_an_hour_and_no_more(link: PrivateLink, monkeypatch: Any) -> None:
    for _n in range(one_time_codes.CODES_AN_HOUR):
        send_code(link)
    with pytest.raises(CodeRefused, match="Wait an hour"):
        send_code(link)
    later = timezone.now() + ONE_HOUR
    monkeypatch.setattr(timezone, "now", lambda: later)
    send_code(link)


def test_neither_links_nor_codes_nor_words_stand_in_logs(visitor: Visitor, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.begin()
        visitor.post(step="send")
        code = last_code(EMAIL)
        visitor.post(step="enter", code="000000" if code != "000000" else "111111")
        visitor.post(step="enter", code=code)
        visitor.post("write/statement/", step="next", statement="zyzzyva")
        visitor.get("write/nowhere/")
        visitor.client.get("/appeals/private/wrong-token/")
    logged = "\n".join(
        f"{record.name} {record.getMessage()}"
        for record in caplog.records
        if not record.name.startswith("django.db")
    )
    token = visitor.link.rstrip("/").rpartition("/")[2]
    for secret in (token, code, EMAIL, "zyzzyva", "wrong-token"):
        assert secret not in logged


def test_asking_too_often_from_one_place_is_refused_with_a_sentence(
    visitor: Visitor, root: Any, monkeypatch: Any
) -> None:
    for _n in range(5):
        visitor.begin()
    page = text(visitor.send("/appeals/file/", email=EMAIL, shown=an_old_mark()))
    assert "asked for very often" in page
    assert EMAIL in page  # what was typed stays
    kept = str(list(RequestCount.objects.values()))
    assert EMAIL not in kept
    assert "127.0.0.1" not in kept


def test_every_private_page_protects_itself_against_forged_requests() -> None:
    """The wrapper is exempt so that size is judged first; what is inside is not."""
    pages = [PrivatePage, *_below(PrivatePage)]
    assert len(pages) > 10
    for page in pages:
        assert "dispatch" not in vars(page) or page is PrivatePage


def _below(page: type) -> list[type]:
    return [one for direct in page.__subclasses__() for one in (direct, *_below(direct))]
