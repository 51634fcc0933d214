"""The API as Django Ninja serves it: by bearer token only, with errors as problem documents."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from credentials.api.requests.problems import Problem, unprocessable
from credentials.tokens.bearer import NO_TOKEN, TokenAuth
from workflows.api.operations import router

api = NinjaAPI(
    title="Workflow",
    version="1.0.0",
    description=(
        "What awaits a person, where proposals stand, and acting on them, with a token of their "
        "own that acts, or one that only reads. The same checks as in the admin hold."
    ),
    urls_namespace="workflow_api",
    auth=TokenAuth(),
    docs_url=None,
)
api.add_router("", router)


@api.exception_handler(Problem)
def on_problem(request: HttpRequest, problem: Any) -> HttpResponse:
    """Answer what was raised."""
    return problem.response()


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Name each member that cannot be used."""
    errors = [
        {"parameter": ".".join(str(part) for part in item["loc"][2:]), "message": item["msg"]}
        for item in error.errors
    ]
    return unprocessable(errors).response()


@api.exception_handler(AuthenticationError)
def on_no_token(request: HttpRequest, error: Any) -> HttpResponse:
    """Say how to send a token."""
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        NO_TOKEN,
        headers={"WWW-Authenticate": 'Bearer realm="workflow"'},
    ).response()
