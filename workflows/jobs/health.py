"""`/health/jobs`: what monitoring asks for. Names of jobs and moments, and nothing else."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflows.jobs.heartbeat import Beat, Heartbeat, heartbeat


@require_safe
@never_cache
def jobs_health(request: HttpRequest) -> JsonResponse:
    """200 while all is well, else 503; the body says why."""
    found = heartbeat()
    status = HTTPStatus.OK if found.is_well else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(_body(found), status=status)


def _body(found: Heartbeat) -> dict[str, Any]:
    return {
        "status": "late" if found.is_late else "ok" if found.is_well else "failing",
        "last_pass": found.passed_at,
        "record": "unsealed" if found.is_unsealed else "sealed",
        "jobs": [_job(beat) for beat in found.beats],
    }


def _job(beat: Beat) -> dict[str, Any]:
    return {
        "name": beat.job.name,
        "status": beat.standing.value,
        "last_run": beat.last.started_at if beat.last else None,
        "next_due": beat.due,
    }
