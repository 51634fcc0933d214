"""The contract is committed, complete, and what is served keeps to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.urls.resolvers import RoutePattern
from pydantic import BaseModel

from credentials.api import urls
from credentials.api.contract import api as catalogue_api
from credentials.api.schemas.changes import ChangeList
from credentials.api.schemas.history import Difference, VersionList
from credentials.api.schemas.offerings import OfferingDocument, OfferingList
from credentials.api.schemas.pathway import Pathway
from credentials.api.schemas.problems import ProblemDocument
from credentials.api.schemas.reviews import ReviewList
from credentials.api.schemas.search import FacetCounts, Suggestions
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import (
    AcademicUnitFactory,
    CertificateProgramFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
    partner,
    skill,
)

COMMITTED = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_committed_contract_is_the_one_served() -> None:
    live = json.loads(json.dumps(catalogue_api.get_openapi_schema(), default=str))
    committed = json.loads(COMMITTED.read_text(encoding="utf-8"))
    assert live == committed, (
        "The API's contract changed. Within version 1 only add to it; when the change is meant, "
        "run `manage.py export_openapi docs/openapi.json` and commit the result."
    )


@pytest.mark.django_db
def test_it_is_served_with_a_page_to_try_it(api: Any) -> None:
    contract = api.get("/openapi.json")
    assert contract["openapi"].startswith("3.1")
    page = api.response("/docs").content.decode()
    assert "/api/v1/openapi.json" in page
    assert "http://" not in page.replace("http://testserver", "") and "cdn" not in page


def test_every_address_is_in_the_contract_and_served() -> None:
    documented = set(catalogue_api.get_openapi_schema()["paths"])
    served = {
        "/" + str(p.pattern).replace("<str:", "{").replace("<int:", "{").replace(">", "}")
        for p in urls.urlpatterns
        if isinstance(p.pattern, RoutePattern)
    }
    assert documented == served - {"/openapi.json", "/docs"}


def test_every_error_is_a_problem_in_the_contract() -> None:
    for path in catalogue_api.get_openapi_schema()["paths"].values():
        responses = path["get"]["responses"]
        assert set(responses) & {200, 302}
        assert 422 in responses
        for status in set(responses) - {200, 302, 304}:
            assert set(responses[status]["content"]) == {"application/problem+json"}


@pytest.fixture
def full_catalogue(root: Any) -> list[Any]:
    """One of each kind, with every part of a document filled."""
    course = CourseFactory(
        parent=root,
        academic_unit=AcademicUnitFactory(),
        contracted_for="Another faculty",
        governing_policy="Its own policy",
        iqap_reference="IQAP-1",
        curriculum=[
            ("module", {"title": "One", "hours": 2, "description": "<p>A</p>", "topics": ["x"]}),
            ("text", "<p>And so on.</p>"),
        ],
        children={"partners": [partner()], "offering_skills": [skill("Lifting")]},
    )
    others = [
        factory(parent=root)
        for factory in (CertificateProgramFactory, MicroCredentialFactory, DigitalBadgeFactory)
    ]
    for offering in [course, *others]:
        append(offering)
    name = {"id": str(course.uuid), "slug": "c", "title": "C", "kind": "course"}
    append(
        others[0],
        stacking={
            "approach": "vertical",
            "components": [{**name, "required": True}],
            "additional_requirements_html": "",
        },
        prerequisites=[{"kind": "prerequisite", "offering": name, "description": ""}],
    )
    append(others[2], "retired")
    return [course, *others]


def holds(model: type[BaseModel], body: Any) -> None:
    """The body is valid, and has no member that the contract does not name."""
    text = json.dumps(body)
    kept = model.model_validate_json(text, strict=False).model_dump(
        mode="json", exclude_unset=True, by_alias=True
    )
    assert same(kept, body)


def same(kept: Any, body: Any) -> bool:
    """Equal, where a moment may be written with fewer digits."""
    if isinstance(body, dict):
        assert kept.keys() == body.keys()
        return all(same(kept[name], body[name]) for name in body)
    if isinstance(body, list):
        return len(kept) == len(body) and all(map(same, kept, body))
    return kept == body


@pytest.mark.django_db
def test_real_bodies_keep_to_the_contract(api: Any, full_catalogue: list[Any]) -> None:
    for offering in full_catalogue:
        holds(OfferingDocument, api.get(f"/offerings/{offering.uuid}"))
        holds(VersionList, api.get(f"/offerings/{offering.uuid}/versions"))
        holds(ReviewList, api.get(f"/offerings/{offering.uuid}/reviews"))
        holds(Pathway, api.get(f"/offerings/{offering.uuid}/pathway"))
    key = full_catalogue[1].uuid
    holds(Difference, api.get(f"/offerings/{key}/versions/1/diff/2"))
    holds(OfferingList, api.get("/offerings"))
    holds(OfferingList, api.get("/offerings", {"include": "components"}))
    holds(FacetCounts, api.get("/facets"))
    holds(Suggestions, api.get("/suggest", {"q": "off"}))
    holds(ChangeList, api.get("/changes"))


@pytest.mark.django_db
def test_real_problems_keep_to_the_contract(api: Any, full_catalogue: list[Any]) -> None:
    append(full_catalogue[0], "withdrawn")
    holds(ProblemDocument, api.refused("/offerings", {"kind": "x", "a": "b"}))
    holds(ProblemDocument, api.refused("/offerings/none", status=404))
    gone = api.refused(f"/offerings/{full_catalogue[0].uuid}", status=410)
    holds(ProblemDocument, gone)
