"""A proposal to act on by API."""

from typing import Any

import pytest

from credentials.people.roles import grant_roles
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import submit


@pytest.fixture
def proposal(root: Any) -> Any:
    """A micro-credential with the Department, whose group may read it."""
    grant_roles(root)
    offering = MicroCredentialFactory(parent=root, external_reference="CUR-2026-117")
    submit(offering, person("editor"))
    return offering
