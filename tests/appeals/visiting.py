"""Somebody without an account, in a browser of their own, with the mail that they get."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from django.core import mail
from django.core.signing import b62_encode
from django.test import Client
from django.utils import timezone

from appeals.models import Case
from appeals.public import begin_page

LINK = re.compile(r"https?://[^/\s]+(/appeals/\S+)")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
DAY = datetime.timedelta(days=1)
EMAIL = "wilhelmina@learners.example"
STATEMENT = "The rubric was exchanged after the deadline, zyzzyva."


def letters_to(address: str) -> list[Any]:
    """Messages to an address, oldest first."""
    return [letter for letter in mail.outbox if letter.to == [address]]


def link_in(letter: Any) -> str:
    """The path of the link in a message."""
    found = LINK.search(letter.body)
    assert found, letter.body
    return found[1]


def last_link(address: str) -> str:
    """The path of the newest link that an address got."""
    return link_in([letter for letter in letters_to(address) if LINK.search(letter.body)][-1])


def last_code(address: str) -> str:
    """The newest code that an address got."""
    found = [CODE.search(letter.body) for letter in letters_to(address)]
    return [code for code in found if code][-1][0]


def answers(**changed: Any) -> dict[str, dict[str, Any]]:
    """What an appellant writes in each step, in time unless it is changed."""
    today = timezone.localdate()
    steps: dict[str, dict[str, Any]] = {
        "you": {"appellant_name": "Wilhelmina Unmistakable", "language": "en"},
        "decision": {
            "offering_title": "Data for Nurses",
            "decision": "A grade of 48 in the final assessment",
            "decided_on": (today - 3 * DAY).isoformat(),
            "received_on": (today - 2 * DAY).isoformat(),
        },
        "grounds": {"grounds": ["procedural-irregularity"]},
        "statement": {"statement": STATEMENT, "remedy": "A new assessment"},
    }
    for step in steps.values():
        step.update({name: changed[name] for name in step if name in changed})
    return steps


class Visitor:
    """Opens links, asks for codes, fills in forms."""

    def __init__(self, commits: Callable[..., Any], email: str = EMAIL) -> None:
        self.client, self.commits, self.email = Client(), commits, email
        self.link = ""

    def get(self, address: str = "", **query: Any) -> Any:
        """Open the link, or a page below it."""
        return self.client.get(self.link + address, query)

    def post(self, address: str = "", *, follow: bool = True, **data: Any) -> Any:
        """Send a form to the link, or to a page below it."""
        return self.send(self.link + address, follow=follow, **data)

    def send(self, path: str, *, follow: bool = True, **data: Any) -> Any:
        """Send a form to any address."""
        with self.commits(execute=True):
            return self.client.post(path, data, follow=follow)

    def begin(self) -> str:
        """Give the address; the link that came."""
        self.send("/appeals/file/", email=self.email, shown=an_old_mark())
        self.link = last_link(self.email)
        return self.link

    def open(self, link: str = "") -> Any:
        """Open a link with the code that is sent for it."""
        self.link = link or self.link
        self.post(step="send")
        return self.post(step="enter", code=last_code(self.email))

    def fill(self, steps: dict[str, dict[str, Any]]) -> Any:
        """Fill in the steps, one after the other."""
        response = None
        for slug, given in steps.items():
            response = self.post(f"write/{slug}/", step="next", **given)
        return response

    def file(self, **given: Any) -> Any:
        """File what is written."""
        return self.post("write/check/", step="file", **given)


def an_old_mark() -> str:
    """The mark of a form that was shown some minutes ago."""
    signer = begin_page._SIGNER
    now = signer.timestamp
    signer.timestamp = lambda: _seconds_ago(300)  # type: ignore[method-assign]
    try:
        return signer.sign("shown")
    finally:
        signer.timestamp = now  # type: ignore[method-assign]


def _seconds_ago(seconds: int) -> str:
    return b62_encode(int(timezone.now().timestamp()) - seconds)


def text(response: Any) -> str:
    """The page."""
    content: str = response.content.decode()
    return content


def the_case() -> Case:
    """The only case there is."""
    return Case.objects.get()
