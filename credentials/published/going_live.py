"""Publishes what was scheduled, one by one: what is refused holds nothing else up (law 1)."""

import datetime
import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

from credentials.jobs import FAILED, Counts

_log = logging.getLogger(__name__)


def publish_scheduled(now: datetime.datetime) -> Counts:
    """Do what Wagtail's own command of this name does; it would stop at the first refusal."""
    ends = [partial(_end, row) for model in _models() for row in _expired(model, now)]
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    expired, failed = _each(ends)
    published, refused = _each([partial(_publish, revision) for revision in due])
    return {"published": published, "expired": expired, FAILED: failed + refused}


def _models() -> Iterable[Any]:
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def _expired(model: Any, now: datetime.datetime) -> list[Any]:
    return list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"))


def _end(row: Any) -> None:
    row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _each(acts: Sequence[Callable[[], None]]) -> tuple[int, int]:
    """How many were done, and how many failed; the log names kinds of errors only."""
    failed = 0
    for act in acts:
        try:
            with transaction.atomic():
                act()
        except Exception as error:
            failed += 1
            _log.error("A schedule was not kept: %s.", type(error).__name__)
    return len(acts) - failed, failed
