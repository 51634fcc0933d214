"""The page that asks for the code: the same for every user of the room (MC-6, AP-1, law 6)."""

import logging
from typing import Any

import pytest
from django.test import Client

from credentials.models import RequestCount
from credentials.private_links import request_limits
from credentials.private_links.request_limits import Limit
from tests.credentials.private_links.conftest import User

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6"), pytest.mark.clause("AP-1")]


class Visitor:
    """Somebody with a link, in a browser of their own."""

    def __init__(self, user: User, token: str) -> None:
        self.client, self.user = Client(), user
        self.link = user.path.format(token)

    def post(self, **data: str) -> Any:
        """Send one of the page's forms."""
        return self.client.post(self.link, data, follow=True)

    def open(self) -> Any:
        """Ask for a code and enter it; the page."""
        self.post(step="send")
        return self.post(step="enter", code=self.user.codes()[-1])

    def is_asked(self) -> bool:
        """Whether the page asks for a code."""
        return "code" in self.client.get(self.link).templates[0].name


@pytest.fixture
def visitor(user: User) -> Visitor:
    """The person to whom the link went."""
    return Visitor(user, user.issue()[1])


def text(response: Any) -> str:
    """The page."""
    found: str = response.content.decode()
    return found


def test_a_code_opens_one_browser_for_an_hour(visitor: Visitor, clock: Any) -> None:
    assert visitor.is_asked()
    visitor.open()
    assert not visitor.is_asked()
    token = visitor.link.rstrip("/").rpartition("/")[2]
    assert Visitor(visitor.user, token).is_asked()
    clock(minutes=61)
    assert visitor.is_asked()


def test_the_session_gets_a_new_cookie_and_never_the_token(visitor: Visitor) -> None:
    visitor.open()
    first = visitor.client.session.session_key
    remembered = str(dict(visitor.client.session))
    assert visitor.link.rstrip("/").rpartition("/")[2] not in remembered
    other = Visitor(visitor.user, visitor.user.issue()[1])
    other.client = visitor.client
    other.open()
    assert visitor.client.session.session_key != first


def test_links_that_do_not_work_answer_alike(user: User, visitor: Visitor) -> None:
    replaced, ended = visitor.link, user.path.format(user.issue()[1])
    user.new().alike().end()
    answers = [Client().get(link) for link in (user.path.format("wrong"), replaced, ended)]
    answers += [Client().post(replaced, {"step": step}) for step in ("send", "enter", "other")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({text(answer).replace(answer.request["PATH_INFO"], "") for answer in answers}) == 1
    assert not user.codes()


def test_no_answer_is_kept_or_named_elsewhere(user: User, visitor: Visitor) -> None:
    at_the_door, inside = visitor.client.get(visitor.link), visitor.open()
    for answer in (at_the_door, inside, Client().get(user.path.format("wrong"))):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_nothing_that_identifies_stands_in_logs(user: User, visitor: Visitor, caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        visitor.post(step="enter", code="1")
        visitor.open()
        Client().get(user.path.format("wrong-token"))
    logged = "\n".join(
        f"{record.name} {record.getMessage()}"
        for record in caplog.records
        if not record.name.startswith("django.db")
    )
    token = visitor.link.rstrip("/").rpartition("/")[2]
    for secret in (token, *user.codes(), user.address, "wrong-token"):
        assert secret not in logged


@pytest.mark.parametrize("step", ["send", "enter"])
def test_one_network_address_gets_so_many_tries(
    visitor: Visitor, monkeypatch: Any, step: str
) -> None:
    limit = Limit("codes-from-place", 3, request_limits.ONE_HOUR)
    monkeypatch.setattr("credentials.private_links.page.CODES_FROM_PLACE", limit)
    for _try in range(3):
        assert "asked for very often" not in text(visitor.post(step=step, code="1"))
    refused = visitor.post(step=step, code="1")
    assert "asked for very often" in text(refused)
    assert "127.0.0.1" not in str(list(RequestCount.objects.values()))


def test_a_forged_request_sends_no_code(user: User, visitor: Visitor) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(visitor.link, {"step": "send"}).status_code == 403
    assert not user.codes()
