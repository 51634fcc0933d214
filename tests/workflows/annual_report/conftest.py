"""Reports and people who make them."""

from typing import Any

import pytest

from credentials.academic_year import AcademicYear
from tests.people import person
from workflows.annual_report.draft import begin_report
from workflows.models import AnnualReport

YEAR = AcademicYear(2024)


@pytest.fixture
def department(root: Any, people: Any) -> Any:
    """A member of the Department."""
    return person("department")


@pytest.fixture
def report(department: Any) -> AnnualReport:
    """The draft of the report on 2024-25."""
    return begin_report(YEAR, department)
