"""Revalidation, methods and errors: what a cache, a proxy and a careless client meet."""

from typing import Any

import pytest
from django.test import Client

from credentials.catalogue.reconstruction import rebuild
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db

REVALIDATED = [
    "/offerings",
    "/offerings?kind=course&q=welding",
    "/offerings/welding",
    "/offerings/welding?fields=title",
    "/offerings/welding/versions",
    "/offerings/welding/versions/1",
    "/offerings/welding/versions/1/diff/1",
    "/offerings/welding/pathway",
    "/facets",
    "/suggest?q=wel",
    "/changes",
    "/export.ndjson",
    "/export.csv",
]
FIXED = {"/offerings/welding/versions/1", "/offerings/welding/versions/1/diff/1"}


@pytest.fixture
def course(root: Any) -> Any:
    course = CourseFactory(parent=root, title="Welding", slug="welding")
    append(course)
    return course


@pytest.mark.parametrize("path", REVALIDATED)
def test_an_unchanged_copy_holds_and_a_changed_one_does_not(
    api: Any, course: Any, path: str
) -> None:
    first = api.response(path)
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"

    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        again = api.response(path, **{"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
    assert api.response(path, **{"If-None-Match": '"other"'}).status_code == 200

    append(course, title="Welding anew")
    changed = api.response(path, **{"If-None-Match": etag})
    assert changed.status_code == (304 if path in FIXED else 200)


def test_the_etag_depends_on_the_query_not_on_its_spelling(api: Any, course: Any) -> None:
    def etag(query: str) -> str:
        return api.response(f"/offerings?{query}").headers["ETag"]

    assert etag("kind=course&osap=false") == etag("osap=0&kind=course&kind=course")
    assert etag("kind=course") != etag("kind=micro_credential")
    assert etag("limit=1") != etag("limit=2")


def test_a_rebuild_lets_no_copy_stand(api: Any, course: Any) -> None:
    etag = api.response("/offerings").headers["ETag"]
    rebuild()
    assert api.response("/offerings", **{"If-None-Match": etag}).status_code == 200


def test_the_date_alone_never_makes_a_stale_answer(api: Any, course: Any) -> None:
    first = api.response("/offerings/welding")
    append(course, title="Changed within the same second")
    again = api.response(
        "/offerings/welding", **{"If-Modified-Since": first.headers["Last-Modified"]}
    )
    assert again.json()["title"] == "Changed within the same second"


def test_a_withdrawn_offering_is_gone_for_caches_too(api: Any, course: Any) -> None:
    etag = api.response("/offerings/welding").headers["ETag"]
    append(course, "withdrawn")
    for sent in (etag, "*"):
        assert api.response("/offerings/welding", **{"If-None-Match": sent}).status_code == 410


@pytest.mark.parametrize("path", REVALIDATED)
def test_head_has_the_headers_of_get_and_no_body(api: Any, course: Any, path: str) -> None:
    got = api.client.get(f"{api.root}{path}")
    head = api.client.head(f"{api.root}{path}")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Cache-Control"):
        assert head.headers[name] == got.headers[name]
    if not got.streaming:
        assert head.headers["Content-Length"] == str(len(got.content))


def test_options_and_other_origins(api: Any, course: Any) -> None:
    plain = api.client.options(f"{api.root}/offerings")
    assert (plain.status_code, plain.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    preflight = api.client.options(
        f"{api.root}/offerings",
        headers={"Origin": "https://a.example", "Access-Control-Request-Method": "GET"},
    )
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in preflight.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/offerings", "/offerings/welding", "/changes", "/nowhere"])
def test_writing_is_refused_with_the_way_to_go(course: Any, path: str, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(f"/api/v1{path}")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "authoring API" in response.json()["detail"]


@pytest.mark.parametrize("path", ["", "/", "/offering", "/offerings/", "/offerings/x/versions/y"])
def test_addresses_that_name_nothing(api: Any, course: Any, path: str) -> None:
    if path:
        api.refused(path, status=404)


def test_a_fault_of_ours_is_a_problem_without_a_traceback(
    api: Any, course: Any, settings: Any
) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nowhere.at.all"}}
    api.client.raise_request_exception = False  # answer as the server does
    problem = api.refused("/offerings", {"q": "welding"}, status=500)
    assert "nowhere" not in str(problem)


def test_nothing_about_the_caller_is_asked_or_kept(
    api: Any, course: Any, django_assert_num_queries: Any
) -> None:
    api.client.cookies["sessionid"] = "x" * 32
    with django_assert_num_queries(1):
        response = api.response("/offerings/welding")
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.headers.get("Vary", "")
