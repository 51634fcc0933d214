"""The list: its filters, orders and shapes, and how it refuses what it does not know."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from credentials.choices import Category, CreditBasis, DeliveryMode, Language, StackingApproach
from credentials.models import Component, Session
from credentials.record.projection import CatalogueEntry
from tests.factories import (
    AcademicUnitFactory,
    CertificateProgramFactory,
    CourseFactory,
    MicroCredentialFactory,
    SkillFactory,
    partner,
    skill,
)
from tests.on_record import publish_as_is, revise_as_is
from tests.osap import approve_osap

pytestmark = pytest.mark.django_db


@pytest.fixture
def offerings(root: Any) -> dict[str, Any]:
    """Three offerings that differ in everything that is filtered and sorted by."""
    alpha = CourseFactory(
        parent=root,
        title="Alpha welding",
        hours=Decimal("10"),
        fee=Decimal("300.00"),
        language=Language.FRENCH,
        delivery_modes=[DeliveryMode.ONLINE.value, DeliveryMode.HYBRID.value],
        children={
            "sessions": [Session(starts=datetime.date(2099, 3, 1))],
            "partners": [partner("Lakeshore Health")],
            "offering_skills": [skill("Welding")],
        },
        life="live",
    )
    beta = MicroCredentialFactory(
        parent=root,
        title="Beta triage",
        hours=Decimal("20"),
        fee=Decimal("100.00"),
        osap_eligible=True,
        weeks=6,
        delivery_modes=[DeliveryMode.FACE_TO_FACE.value],
        academic_unit=AcademicUnitFactory(),
        children={
            "sessions": [
                Session(starts=datetime.date(2020, 1, 1)),
                Session(starts=datetime.date(2099, 1, 1)),
            ],
            "offering_skills": [skill("Triage")],
        },
    )
    approve_osap(beta)
    publish_as_is(beta)
    gamma = CertificateProgramFactory(
        parent=root,
        title="Éclair program",
        hours=Decimal("200"),
        fee=None,
        stacking_approach=StackingApproach.HORIZONTAL,
        children={
            "sessions": [],
            "components": [Component(part=alpha), Component(part=beta, required=False)],
        },
        life="live",
    )
    return {"alpha": alpha, "beta": beta, "gamma": gamma}


A, B, C = "Alpha welding", "Beta triage", "Éclair program"


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, [A, B, C]),
    ({"kind": "course"}, [A]),
    ({"kind": ["course", "micro_credential"]}, [A, B]),
    ({"kind": ["course", "micro_credential"], "osap": "true"}, [B]),
    ({"category": Category.CERTIFICATE_PROGRAM.value}, [C]),
    ({"credit_basis": CreditBasis.NAC.value}, [A, B, C]),
    ({"credit_basis": CreditBasis.FAC.value}, []),
    ({"delivery": "hybrid"}, [A]),
    ({"delivery": ["hybrid", "face_to_face"]}, [A, B]),
    ({"academic_unit": "health-sciences"}, [B]),
    ({"partner": "Lakeshore Health"}, [A]),
    ({"partner": "Nobody"}, []),
    ({"skill": "triage"}, [B]),
    ({"skill": ["Triage", "Welding"]}, [A, B]),
    ({"language": "fr"}, [A]),
    ({"osap": "false"}, [A, C]),
    ({"stackable": "true"}, [C]),
    ({"stackable": "false"}, [A, B]),
    ({"hours_min": "20"}, [B, C]),
    ({"hours_max": "20"}, [A, B]),
    ({"hours_min": "15", "hours_max": "25"}, [B]),
    ({"fee_min": "0"}, [A, B]),
    ({"fee_max": "100"}, [B]),
    ({"starts_from": "2099-02-01"}, [A]),
    ({"starts_to": "2020-12-31"}, [B]),
    ({"starts_from": "2098-12-31", "starts_to": "2099-01-31"}, [B]),
    ({"starts_from": "2021-01-01", "starts_to": "2098-01-01"}, []),
]


def test_filters(api: Any, offerings: Any) -> None:
    """Together, because publishing three offerings takes longer than all the asking."""
    for query, titles in FILTERS:
        assert api.titles(query) == titles, query
        assert api.get("/facets", query)["total"] == len(titles), query


def test_a_skill_is_also_named_by_its_uuid(api: Any, offerings: Any) -> None:
    assert api.titles({"skill": str(SkillFactory(name="Triage").uuid)}) == [B]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({"sort": "title"}, [A, B, C]),
        ({"sort": "-published_at"}, [C, B, A]),
        ({"sort": "starts"}, [B, A, C]),  # the next start counts; a past session does not
        ({"sort": "fee"}, [B, A, C]),  # not announced comes last
    ],
)
def test_orders(api: Any, offerings: Any, query: dict[str, Any], titles: list[str]) -> None:
    assert api.titles(query) == titles
    pages = list(api.walk({**query, "limit": 1}))
    assert [item["title"] for page in pages for item in page["items"]] == titles


def test_titles_sort_without_regard_to_case_and_accents(api: Any, root: Any) -> None:
    for title in ("zebra", "Émile", "Easel", "apple"):
        CourseFactory(parent=root, title=title, life="live")
    assert api.titles() == ["apple", "Easel", "Émile", "zebra"]


class TestSearch:
    def test_all_words_are_found_in_title_or_text(self, api: Any, offerings: Any) -> None:
        assert api.titles({"q": "welding"}) == [A]
        assert api.titles({"q": "Beta triage"}) == [B]
        assert api.titles({"q": "alpha triage"}) == []

    def test_with_filters_and_facets(self, api: Any, offerings: Any) -> None:
        assert api.titles({"q": "triage", "kind": "course"}) == []
        assert api.get("/facets", {"q": "triage"})["total"] == 1

    def test_the_closest_title_comes_first(self, api: Any, root: Any) -> None:
        for title in ("Advanced welding", "A course on other things", "Welding", "Welding safety"):
            CourseFactory(parent=root, title=title, summary="About welding.", life="live")
        closest = [
            "Welding",
            "Welding safety",
            "Advanced welding",
            "A course on other things",
        ]
        assert api.titles({"q": "welding"}) == closest
        pages = api.walk({"q": "welding", "limit": 1})
        assert [item["title"] for page in pages for item in page["items"]] == closest

    def test_a_superseded_version_is_not_found(self, api: Any, root: Any) -> None:
        course = CourseFactory(parent=root, title="Welding", life="live")
        before = CatalogueEntry.objects.get().valid_from
        revise_as_is(course, title="Soldering")
        assert api.titles({"q": "welding"}) == []
        assert api.titles({"q": "welding", "as_of": before.isoformat()}) == ["Welding"]

    @pytest.mark.parametrize("q", ["'", '"', '") OR (', "%", "*", "a:b", "-", "50%", "L'été \\"])
    def test_any_text_can_be_searched_for(self, api: Any, q: str) -> None:
        assert api.titles({"q": q}) == []
        assert api.get("/suggest", {"q": q})["items"] == []

    def test_suggestions_complete_words_of_titles(self, api: Any, offerings: Any) -> None:
        found = api.get("/suggest", {"q": "tri"})["items"]
        assert [item["title"] for item in found] == [B]
        assert set(found[0]) == {"id", "slug", "title", "kind"}


class TestShapes:
    def test_only_the_fields_asked_for(self, api: Any, offerings: Any) -> None:
        for fields in ({"fields": "title,kind"}, {"fields": ["title", "kind"]}):
            items = api.get("/offerings", fields)["items"]
            assert {frozenset(item) for item in items} == {frozenset({"title", "kind"})}

    def test_components_are_embedded_as_published(self, api: Any, offerings: Any) -> None:
        page = api.get("/offerings", {"include": "components", "stackable": "true"})
        parts = page["items"][0]["components"]
        assert [part["title"] for part in parts] == [A, B]
        assert parts[0] == api.get(f"/offerings/{offerings['alpha'].uuid}")

    def test_components_beside_sparse_fields(self, api: Any, offerings: Any) -> None:
        query = {"include": "components", "fields": "title", "kind": "certificate_program"}
        item = api.get("/offerings", query)["items"][0]
        assert set(item) == {"title", "components"}


class TestAsOf:
    def test_a_past_moment_and_a_past_day(self, api: Any, root: Any, withdrawn: Any) -> None:
        course = CourseFactory(parent=root, title="Before", life="live")
        other = CourseFactory(parent=root, title="Other", life="live")
        then = CatalogueEntry.objects.order_by("-sequence")[0].valid_from
        revise_as_is(course, title="Changed")
        withdrawn(other)

        assert api.titles() == ["Changed"]
        assert api.titles({"as_of": then.isoformat()}) == ["Before", "Other"]
        assert api.titles({"as_of": timezone.localdate().isoformat()}) == ["Changed"]
        assert api.titles({"as_of": "2001-01-01"}) == []
        assert api.get("/facets", {"as_of": then.isoformat()})["total"] == 2

    def test_the_end_of_the_day_counts(self, api: Any, root: Any) -> None:
        CourseFactory(parent=root, title="Before", life="live")
        day = timezone.localdate() - datetime.timedelta(days=3)
        CatalogueEntry.objects.update(
            valid_from=timezone.make_aware(
                datetime.datetime.combine(day, datetime.time(hour=23, minute=30))
            )
        )
        assert api.titles({"as_of": day.isoformat()}) == ["Before"]
        assert api.titles({"as_of": str(day - datetime.timedelta(days=1))}) == []

    @pytest.mark.parametrize(
        "value", ["tomorrow", "2999-01-01", "2020-13-01", "2020-01-01T00:00:00", "1700000000"]
    )
    def test_other_values_are_refused(self, api: Any, root: Any, value: str) -> None:
        assert "`as_of`" in api.refused("/offerings", {"as_of": value})["detail"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("query", "parameter", "named"),
        [
            ({"colour": "blue"}, "colour", "academic_unit, as_of"),
            ({"kind": "diploma"}, "kind", "certificate_program, course"),
            ({"sort": "-title"}, "sort", "-published_at"),
            ({"fields": "title,rationale"}, "fields", "title"),
            ({"include": "ballots"}, "include", "components"),
            ({"osap": "perhaps"}, "osap", "boolean"),
            ({"limit": "0"}, "limit", "1"),
            ({"limit": "101"}, "limit", "100"),
            ({"limit": ["1", "2"]}, "limit", "once"),
            ({"hours_min": "nan"}, "hours_min", "nan"),
            ({"fee_max": "-1"}, "fee_max", "0"),
            ({"starts_from": "01/02/2027"}, "starts_from", "YYYY-MM-DD"),
            ({"q": " "}, "q", "at least 1"),
            ({"kind": ""}, "kind", "course"),
            ({"cursor": "nonsense"}, "cursor", "damaged"),
        ],
    )
    def test_each_names_the_parameter_and_the_remedy(
        self, api: Any, root: Any, query: Any, parameter: str, named: str
    ) -> None:
        problem = api.refused("/offerings", query)
        assert problem["errors"][0]["parameter"] == parameter
        assert named in problem["detail"]

    def test_all_errors_are_told_at_once(self, api: Any, root: Any) -> None:
        problem = api.refused("/offerings", {"kind": "x", "colour": "blue"})
        assert {error["parameter"] for error in problem["errors"]} == {"kind", "colour"}

    @pytest.mark.parametrize(
        "query",
        [
            {"sort": "relevance"},
            {"hours_min": "5", "hours_max": "4"},
            {"starts_from": "2027-02-01", "starts_to": "2027-01-01"},
        ],
    )
    def test_parameters_that_contradict_each_other(self, api: Any, root: Any, query: Any) -> None:
        api.refused("/offerings", query)

    @pytest.mark.parametrize("path", ["/facets", "/suggest", "/changes", "/export.csv"])
    def test_unknown_parameters_everywhere(self, api: Any, root: Any, path: str) -> None:
        assert "colour" in api.refused(path, {"colour": "blue"})["detail"]

    def test_unknown_parameters_of_one_offering(self, api: Any, root: Any) -> None:
        CourseFactory(parent=root, slug="welding", life="live")
        for path in ("", "/versions", "/versions/1", "/pathway"):
            api.refused(f"/offerings/welding{path}", {"colour": "blue"})


def test_facets_count_what_the_list_holds(api: Any, offerings: Any) -> None:
    facets = api.get("/facets")["facets"]
    counts = {name: {c["value"]: c["count"] for c in found} for name, found in facets.items()}
    assert counts["kind"] == {"certificate_program": 1, "course": 1, "micro_credential": 1}
    assert counts["delivery"] == {"online": 2, "hybrid": 1, "face_to_face": 1}
    assert counts["osap"] == {"true": 1, "false": 2}
    assert counts["academic_unit"] == {"health-sciences": 1}
    assert {c["label"] for c in facets["skill"]} == {"Triage", "Welding"}
    assert {c["label"] for c in facets["kind"]} >= {"Course"}
