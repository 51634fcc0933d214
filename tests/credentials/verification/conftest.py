"""A record with a row of each kind."""

from typing import Any

import pytest

from credentials.models import Contribution
from credentials.record.log.batches import seal_all
from tests.record_lives import live_them


@pytest.fixture(scope="module")
def lived(module_root: Any) -> None:
    """Lived once for all tests of a module, each of which begins from it; and a full tile."""
    live_them(module_root)
    for number in range(300):
        Contribution.objects.create(offering_id=1, since=number, user_key="7", user_name="Ada")
    seal_all()
