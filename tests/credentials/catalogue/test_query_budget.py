"""Queries for each request: the same number at any size."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from credentials.compliance.policies import terms_in_force
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", params=[1, 12])
def catalogue(request: Any, module_root: Any) -> Iterator[int]:
    """A small and a larger catalogue, in which each offering is made of the one before."""
    with transaction.atomic():
        make_chain(module_root, request.param)
        yield request.param
        transaction.set_rollback(True)


def make_chain(root: Any, length: int) -> None:
    """Courses that are each made of the one before."""
    terms_in_force()  # a process reads the policy once
    part = None
    for number in range(length):
        course = CourseFactory(parent=root, slug=f"course-{number}", title=f"Course {number}")
        components = [{**part, "required": True}] if part else []
        append(
            course,
            stacking={
                "approach": "vertical",
                "components": components,
                "additional_requirements_html": "",
            },
        )
        part = {
            "id": str(course.uuid),
            "slug": course.slug,
            "title": course.title,
            "kind": "course",
        }


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/offerings/course-0", 1),
        ("/offerings", 2),
        ("/offerings?sort=starts&kind=course&delivery=online&fee_max=1000", 2),
        ("/offerings?q=course&kind=course", 2),
        ("/offerings?as_of=2020-01-01", 2),
        ("/offerings?include=components", 3),
        ("/facets?q=course&skill=welding", 3),
        ("/suggest?q=cou", 2),
        ("/changes", 2),
        ("/export.ndjson", 2),
        ("/offerings/course-0/versions", 3),
        ("/offerings/course-0/versions/1", 2),
        ("/offerings/course-0/reviews", 5),
    ],
)
def test_reading(
    api: Any, catalogue: int, path: str, queries: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(queries):
        response = api.response(path)
        if response.streaming:
            list(response.streaming_content)
    assert response.status_code == 200


def test_a_pathway_takes_one_query_a_level_up_to_a_limit(
    api: Any, catalogue: int, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(11):
        pathway = api.get("/offerings/course-0/pathway")
    assert len(pathway["nodes"]) == min(catalogue, 9)


@pytest.mark.parametrize("path", ["/offerings/course-0", "/offerings", "/facets", "/changes"])
def test_revalidating_takes_one(
    api: Any, catalogue: int, path: str, django_assert_num_queries: Any
) -> None:
    etag = api.response(path).headers["ETag"]
    with django_assert_num_queries(1):
        assert api.response(path, **{"If-None-Match": etag}).status_code == 304


def test_a_further_page_takes_two(
    api: Any, catalogue: int, root: Any, django_assert_num_queries: Any
) -> None:
    CourseFactory(parent=root, title="Zoology", life="live")
    cursor = api.get("/offerings", {"limit": catalogue})["next_cursor"]
    with django_assert_num_queries(2):
        page = api.get("/offerings", {"limit": catalogue, "cursor": cursor})
    assert [item["title"] for item in page["items"]] == ["Zoology"]
