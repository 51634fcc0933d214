"""A published micro-credential that asks for OSAP, and its record of this year."""

from typing import Any

import pytest
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.models import OsapRecord
from tests.factories import MicroCredentialFactory
from tests.osap import osap_record
from tests.people import person


@pytest.fixture
def year() -> AcademicYear:
    """This academic year."""
    return AcademicYear.of(timezone.localdate())


@pytest.fixture
def department(root: Any) -> Any:
    """Somebody of the Department."""
    return person("department")


@pytest.fixture
def offering(root: Any) -> Any:
    """Published, and the ministry is to be asked."""
    return MicroCredentialFactory(
        parent=root, title="Safe transfers", weeks=6, osap_eligible=True, life="live"
    )


@pytest.fixture
def record(offering: Any) -> OsapRecord:
    """Its record, complete and to prepare."""
    return osap_record(offering)
