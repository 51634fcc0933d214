"""A superuser’s reason to look, remembered in their session for an hour, case by case."""

from django.http import HttpRequest
from django.utils import timezone

SESSION_KEY = "appeals_reasons"
VALID_FOR_SECONDS = 60 * 60
LISTS = "*"  # the board, the register and the log, which are of no case


def remember(request: HttpRequest, reason: str, number: str = LISTS) -> None:
    """Keep a reason for a case, or for the lists."""
    now = timezone.now().timestamp()
    kept = {key: one for key, one in _all(request).items() if one[1] > now}
    request.session[SESSION_KEY] = {**kept, number: [reason, now + VALID_FOR_SECONDS]}


def given(request: HttpRequest, number: str = LISTS) -> str:
    """The reason that was given for a case or for the lists; empty when there is none."""
    reason, until = _all(request).get(number, ["", 0])
    return reason if until > timezone.now().timestamp() else ""


def _all(request: HttpRequest) -> dict[str, list]:
    found: dict[str, list] = request.session.get(SESSION_KEY, {})
    return found
