"""Errors as problem documents (RFC 9457), each with a sentence on how to mend the request."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

PROBLEM_JSON = "application/problem+json"


class Problem(Exception):
    """An error that is answered to the caller.

    `detail` is the sentence; `errors` names parameters: [{"parameter", "message", ...}]; `members`
    are further members of the document.
    """

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        errors: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors
        self.headers = headers or {}
        self.members = members

    @property
    def document(self) -> dict[str, Any]:
        """The problem as plain data."""
        document: dict[str, Any] = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": self.status.value,
            "detail": self.detail,
        }
        if self.errors is not None:
            document["errors"] = self.errors
        return {**document, **self.members}

    def response(self) -> HttpResponse:
        """Return the answer. It is never stored: the next request may succeed."""
        return HttpResponse(
            json.dumps(self.document, ensure_ascii=False),
            status=self.status.value,
            content_type=PROBLEM_JSON,
            headers={"Cache-Control": "no-store", **self.headers},
        )


def not_found(detail: str) -> Problem:
    """Nothing is served at this address."""
    return Problem(HTTPStatus.NOT_FOUND, detail)


def invalid(parameter: str, message: str, **more: Any) -> Problem:
    """One parameter cannot be used as it is."""
    return unprocessable([{"parameter": parameter, "message": message, **more}])


def unprocessable(errors: list[dict[str, Any]]) -> Problem:
    """Parameters cannot be used as they are; `errors` as in Problem."""
    detail = " ".join(error["message"] for error in errors)
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)
