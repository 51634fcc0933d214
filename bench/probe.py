"""One request inside this process: is it the right answer, how big, how many queries."""

from dataclasses import dataclass
from http import HTTPStatus

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.endpoints import Endpoint


@dataclass(frozen=True)
class Probe:
    """What an endpoint answers: body in bytes, queries, and the headers to ask with."""

    size: int
    queries: int
    headers: dict[str, str]


def probe(endpoint: Endpoint) -> Probe:
    """Ask twice and count the second time, when caches that outlive a request are warm.

    Raises LookupError naming the endpoint when the answer is not the one to be measured.
    """
    client = Client()
    first = client.get(endpoint.path)
    _expect(HTTPStatus.OK, first.status_code, endpoint)
    headers = {"If-None-Match": first.headers.get("ETag", "")} if endpoint.conditional else {}
    with CaptureQueriesContext(connection) as captured:
        response = client.get(endpoint.path, headers=headers)
        body = response.getvalue()
    expected = HTTPStatus.NOT_MODIFIED if endpoint.conditional else HTTPStatus.OK
    _expect(expected, response.status_code, endpoint)
    return Probe(size=len(body), queries=len(captured), headers=headers)


def _expect(expected: int, status: int, endpoint: Endpoint) -> None:
    if status != expected:
        raise LookupError(
            f"{endpoint.name}: GET {endpoint.path} answers {status}, not {int(expected)}."
        )
