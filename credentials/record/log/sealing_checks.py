"""System checks of the log: whether every fact of the record will be sealed."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections

from credentials.append_only.refusals import append_only_models
from credentials.record.log.queue import queue_faults


def check_sealed(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E007: an append-only model does not say how the log keeps it."""
    return [
        Error(
            f"{model._meta.label} is append-only and does not say how its rows are sealed.",
            hint="Set `sealed` to Sealed.INTERNAL, to Sealed.PUBLIC and write `public_facts`, or "
            "to Sealed.NOT and say why.",
            obj=model,
            id="credentials.E007",
        )
        for model in append_only_models()
        if not hasattr(model, "sealed")
    ]


def check_queue(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W006: new facts would not be sealed. Runs with `check --database default`."""
    return [
        Warning(
            f"The database '{alias}' would not queue new facts to be sealed. {fault}",
            hint=f"Run `manage.py migrate --database {alias}`, which installs the triggers, and "
            "find out who changed them.",
            id="credentials.W006",
        )
        for alias in databases or []
        for fault in queue_faults(connections[alias])
    ]
