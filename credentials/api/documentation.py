"""What the contract says of every operation alike: media types of errors, headers, bodies."""

from http import HTTPStatus
from typing import Any

from credentials.api.requests.problems import PROBLEM_JSON
from credentials.api.schemas.problems import ProblemDocument

PROBLEMS = {
    404: "There is nothing at this address.",
    410: "The offering was withdrawn; its tombstone is in the problem.",
    422: "A parameter cannot be used as it is; the problem names it and what is allowed.",
}

FILES = {
    "export_ndjson": "application/x-ndjson",
    "export_csv": "text/csv",
    "get_proof": "text/plain",
}

HEADERS = {
    "ETag": {
        "description": "Strong. Send it back in If-None-Match to be answered 304 while it holds.",
        "schema": {"type": "string"},
    },
    "Cache-Control": {"schema": {"type": "string"}},
    "Last-Modified": {"schema": {"type": "string"}},
}


def responses(body: Any, *problems: int) -> dict[int, Any]:
    """The responses of an operation: its body, 304, and the problems that it can meet."""
    return {200: body, 304: None, **dict.fromkeys(sorted({*problems, 422}), ProblemDocument)}


def complete(document: dict[str, Any]) -> dict[str, Any]:
    """Add to an OpenAPI document what Django Ninja does not know of our responses."""
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                _complete_response(int(status), response)
            if media_type := FILES.get(operation["operationId"]):
                found = operation["responses"][HTTPStatus.OK]
                found["content"] = {media_type: {"schema": {"type": "string"}}}
    return document


def _complete_response(status: int, response: dict[str, Any]) -> None:
    if status in PROBLEMS:
        response["description"] = PROBLEMS[status]
        response["content"] = {PROBLEM_JSON: response["content"].pop("application/json")}
        return
    if status == HTTPStatus.FOUND:
        response["description"] = "Where the page is now."
        response["headers"] = {"Location": {"schema": {"type": "string", "format": "uri"}}}
        return
    response["description"] = (
        "Your copy still holds." if status == HTTPStatus.NOT_MODIFIED else "As asked."
    )
    response["headers"] = dict(HEADERS)
    if status == HTTPStatus.NOT_MODIFIED:
        response["headers"].pop("Last-Modified")
