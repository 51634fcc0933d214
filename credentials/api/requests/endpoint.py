"""The one door of every endpoint: methods, parameters and errors are handled alike.

Views are declared as Django Ninja operations, which make the contract (openapi.json, docs), but
are served from here: Ninja's own pipeline validates and serialises again what is already
serialised, and answers HEAD, OPTIONS and wrong methods in its own way.
"""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, get_type_hints

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from credentials.api.requests.parameters import NoParameters, parsed
from credentials.api.requests.problems import Problem, not_found

logger = logging.getLogger(__name__)

ALLOW = "GET, HEAD, OPTIONS"

View = Callable[..., HttpResponseBase]


def served(view: View) -> View:
    """Make a Django view of an operation `view(request, parameters, **path)`."""
    model = get_type_hints(view).get("parameters")
    takes_parameters = model is not None

    @csrf_exempt  # nothing is written; a POST is told so in the API's own words
    @wraps(view)
    def door(request: HttpRequest, **path: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ALLOW})
        try:
            _check_method(request)
            parameters = parsed(model or NoParameters, request.GET)
            response = (
                view(request, parameters, **path) if takes_parameters else view(request, **path)
            )
        except Problem as problem:
            response = problem.response()
        except Exception:
            response = _internal_error(request).response()
        return _without_body(response) if request.method == "HEAD" else response

    return door


@served
def nothing_here(request: HttpRequest, address: str) -> HttpResponse:
    """Answer addresses under the API's root that name nothing."""
    if address.endswith("/"):
        raise not_found("Addresses of this API do not end in a slash: leave it out.")
    raise not_found("There is nothing at this address. The page `docs` lists what there is.")


def _check_method(request: HttpRequest) -> None:
    if request.method not in ("GET", "HEAD"):
        raise Problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            f"The catalogue is read-only: {request.method} is not possible, use GET. "
            "Offerings are written in the authoring API or the admin, and published by approval.",
            headers={"Allow": ALLOW},
        )


def _internal_error(request: HttpRequest) -> Problem:
    logger.exception("Internal error at %s", request.path)
    got_request_exception.send(sender=None, request=request)
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Something went wrong here, not in your request. Try again later; if it lasts, tell the "
        "catalogue's office which address you asked for and when.",
    )


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Keep the headers of the GET, its length too, and send nothing else."""
    if response.streaming:
        response.close()
        bare = HttpResponse(status=response.status_code, headers=dict(response.headers))
        return bare
    if isinstance(response, HttpResponse) and "Content-Length" not in response.headers:
        if response.status_code != HTTPStatus.NOT_MODIFIED:
            response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
