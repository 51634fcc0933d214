"""A row for every register, titled as a formula: whatever lists rows has something to list."""

from typing import Any

from django.utils import timezone

from tests.factories import MicroCredentialFactory
from tests.people import person
from workflows.models import Bundle, JobRun
from workflows.proposals.retirement import request_retirement

FORMULA = "=HYPERLINK(1)"


def fill_the_record(root: Any) -> Any:
    """One offering that was published and is to be retired, one at a stage, and all of it."""
    editor = person("editor")
    offering = MicroCredentialFactory(parent=root, title=FORMULA, author=editor, life="published")
    MicroCredentialFactory(
        parent=root, title=FORMULA, slug="other", author=editor, life="submitted"
    )
    request_retirement(
        offering, person("department"), action="retire", note=FORMULA, reason=FORMULA
    )
    Bundle.objects.create(title=FORMULA, reason=FORMULA)
    JobRun.objects.create(job=FORMULA, started_at=timezone.now(), error=FORMULA)
    return offering
