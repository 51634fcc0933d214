"""System check: the setting without which a route cannot end in a publication."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

FINISH_ACTION = "workflows.proposals.finish.finish_workflow"


def check_finish_action(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: Wagtail's own ending publishes the latest revision and writes no approval (law 2)."""
    if getattr(settings, "WAGTAIL_FINISH_WORKFLOW_ACTION", None) == FINISH_ACTION:
        return []
    return [
        Error(
            "WAGTAIL_FINISH_WORKFLOW_ACTION is not that of workflows, so no approval would be "
            "written at the end of a route and the publication would be refused.",
            hint=f'Set WAGTAIL_FINISH_WORKFLOW_ACTION = "{FINISH_ACTION}". Pages that are not '
            "offerings still end as Wagtail ends them.",
            id="workflows.E001",
        )
    ]
