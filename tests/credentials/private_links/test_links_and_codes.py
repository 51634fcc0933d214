"""What links and codes promise, whoever uses them (MC-6, AP-1, law 6)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import hashers
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.private_links import links, one_time_codes
from credentials.private_links.links import PrivateLinkRow
from credentials.private_links.one_time_codes import (
    ATTEMPTS,
    CODES_AN_HOUR,
    MOST_FAILURES,
    CodeRefused,
    OneTimeCodeRow,
    enter_code,
    has_code,
    send_code,
)
from tests.credentials.private_links.conftest import User

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6"), pytest.mark.clause("AP-1")]


def wrong(code: str) -> str:
    """A code that it is not."""
    return f"{(int(code) + 1) % 10**6:06}"


def kept(user: User) -> str:
    """All that the tables hold of the person's links and codes."""
    alike = user.new().alike()
    codes = type(user.new())._meta.get_field("codes").related_model.objects
    return f"{list(alike.values())} {list(codes.values())}"


def test_every_user_of_the_room_is_tested() -> None:
    rows = [one for one in apps.get_models() if issubclass(one, PrivateLinkRow)]
    assert {row.__name__ for row in rows} == {"SigningInvitation", "PrivateLink"}
    for row in (*rows, *[one for one in apps.get_models() if issubclass(one, OneTimeCodeRow)]):
        assert row.wagtail_reference_index_ignore


def test_tokens_are_long_unalike_and_kept_nowhere(user: User) -> None:
    tokens = {user.issue()[1] for _n in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43  # 256 bits
    assert not any(token in kept(user) for token in tokens)


def test_one_link_of_a_person_works_at_a_time(user: User) -> None:
    anothers = user.another()
    links.issue(anothers)
    tokens = [user.issue()[1] for _n in range(3)]
    works = [user.new().alike().of(token).alive().exists() for token in tokens]
    assert works == [False, False, True]
    anothers.refresh_from_db()
    assert anothers.expires_at > timezone.now()


def test_a_code_goes_to_one_address_and_nothing_else_of_it_is_kept(user: User) -> None:
    link, token = user.issue()
    send_code(link)
    (letter,) = [one for one in mail.outbox if user.codes()[-1] in one.body]
    assert letter.to == [user.address]
    assert token not in letter.body + letter.subject
    assert user.codes()[-1] not in kept(user)


def test_a_code_works_once_and_for_its_own_link(user: User) -> None:
    link, _token = user.issue()
    other = user.another()
    links.issue(other)
    send_code(link)
    code = user.codes()[-1]
    with pytest.raises(CodeRefused, match="expired or was tried"):
        enter_code(other, code)
    enter_code(link, code)
    with pytest.raises(CodeRefused, match="expired or was tried"):
        enter_code(link, code)


def test_a_code_ends_after_ten_minutes(user: User, clock: Callable[..., None]) -> None:
    link, _token = user.issue()
    send_code(link)
    clock(minutes=10)
    assert not has_code(link)
    with pytest.raises(CodeRefused, match="expired"):
        enter_code(link, user.codes()[-1])


def test_a_newer_code_replaces_the_older(user: User) -> None:
    link, _token = user.issue()
    send_code(link)
    send_code(link)
    older, newer = user.codes()
    if older != newer:
        with pytest.raises(CodeRefused, match="Attempts left"):
            enter_code(link, older)
    enter_code(link, newer)


def test_five_attempts_then_the_right_one_is_refused(user: User) -> None:
    link, _token = user.issue()
    send_code(link)
    code = user.codes()[-1]
    for _attempt in range(ATTEMPTS):
        with pytest.raises(CodeRefused):
            enter_code(link, wrong(code))
    with pytest.raises(CodeRefused, match="tried too often"):
        enter_code(link, code)


def test_five_codes_an_hour_whatever_the_number_of_links(
    user: User, clock: Callable[..., None]
) -> None:
    for _code in range(CODES_AN_HOUR):
        send_code(user.issue()[0])
    link, _token = user.issue()
    with pytest.raises(CodeRefused, match="Wait an hour"):
        send_code(link)
    clock(minutes=61)
    send_code(link)


def test_twenty_wrong_codes_end_guessing_for_good(user: User, clock: Callable[..., None]) -> None:
    link, _token = user.issue()
    for _code in range(MOST_FAILURES // ATTEMPTS):
        send_code(link)
        for _attempt in range(ATTEMPTS):
            with pytest.raises(CodeRefused):
                enter_code(link, wrong(user.codes()[-1]))
        clock(minutes=61)
    assert not has_code(link)
    with pytest.raises(CodeRefused, match="Ask for a new link"):
        send_code(link)
    clock(days=7)
    with pytest.raises(CodeRefused, match="Ask for a new link"):
        enter_code(link, user.codes()[-1])


def test_a_link_that_ended_sends_no_code_and_takes_none(user: User) -> None:
    link, _token = user.issue()
    send_code(link)
    code = user.codes()[-1]
    link.alike().end()
    for act in (lambda: send_code(link), lambda: enter_code(link, code)):
        with pytest.raises(CodeRefused, match="no longer works"):
            act()


def test_a_code_is_hashed_slowly_and_whether_or_not_one_was_sent(
    user: User, monkeypatch: Any, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    compared: list[str] = []

    def compare(code: str, code_hash: str) -> bool:
        compared.append(code_hash)
        return hashers.check_password(code, code_hash)

    monkeypatch.setattr(one_time_codes, "check_password", compare)
    link, _token = user.issue()
    with pytest.raises(CodeRefused):
        enter_code(link, "000000")
    send_code(link)
    with pytest.raises(CodeRefused):
        enter_code(link, wrong(user.codes()[-1]))
    assert compared[0] == ""
    assert compared[1].startswith("pbkdf2_sha256$")


STEPS = st.lists(
    st.sampled_from(["send", "right", "wrong", "wrong", "minutes", "hour"]), max_size=40
)


@given(steps=STEPS)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_order_of_steps_gets_past_the_limits(user: User, steps: list[str]) -> None:
    """Against a model of a few lines: what was sent when, and how often it was tried."""
    with pytest.MonkeyPatch.context() as patched:
        now = timezone.now() + datetime.timedelta(hours=2)  # after what other examples sent
        user.new().alike().delete()
        moment = {"now": now}
        patched.setattr(timezone, "now", lambda: moment["now"])
        link, _token = user.issue()
        sent: list[datetime.datetime] = []
        left, failures = 0, 0
        for step in steps:
            at = moment["now"]
            if step in ("minutes", "hour"):
                moment["now"] += datetime.timedelta(minutes=4 if step == "minutes" else 60)
            elif step == "send":
                recent = [one for one in sent if one > at - datetime.timedelta(hours=1)]
                if len(recent) < CODES_AN_HOUR and failures < MOST_FAILURES:
                    send_code(link)
                    sent.append(at)
                    left = ATTEMPTS
                else:
                    with pytest.raises(CodeRefused):
                        send_code(link)
            else:
                ten_minutes = datetime.timedelta(minutes=10)
                is_open = bool(sent) and left > 0 and at < sent[-1] + ten_minutes
                is_open = is_open and failures < MOST_FAILURES
                assert has_code(link) == is_open
                code = user.codes()[-1] if sent else "000000"
                if is_open and step == "right":
                    enter_code(link, code)
                    left = 0
                else:
                    with pytest.raises(CodeRefused):
                        enter_code(link, code if step == "right" else wrong(code))
                    left, failures = left - is_open, failures + is_open
        link.refresh_from_db()
        assert link.failures == failures
