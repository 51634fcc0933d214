"""An unapproved draft, an unapproved change, and everything that the public sees."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from credentials.models import CatalogueEntry, MicroCredential
from tests.factories import MicroCredentialFactory
from tests.proposals import edit

SECRET = "Unapproved words"


@pytest.fixture
def unapproved(root: Any) -> Any:
    """A draft that nobody approved."""
    return MicroCredentialFactory(parent=root, title=SECRET)


@pytest.fixture
def changed(root: Any) -> Any:
    """A published offering with a draft change that nobody approved."""
    offering = MicroCredentialFactory(parent=root, life="live")
    edit(offering, competency=SECRET)
    return offering


@pytest.fixture
def superuser(people: Any, client: Client) -> Any:
    """A superuser, signed in."""
    client.force_login(people["superuser"])
    return people["superuser"]


@pytest.fixture
def public_words() -> Callable[[], str]:
    """Everything the catalogue and the pages show, as one text."""

    def read() -> str:
        words = [entry.body for entry in CatalogueEntry.objects.current()]
        words += [page.competency for page in MicroCredential.objects.filter(live=True)]
        words += [page.title for page in Page.objects.live().filter(depth__gt=1)]
        return " ".join(words)

    return read
