"""The projection holds nothing that the ledger does not (law 3)."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from credentials.catalogue.reconstruction import discrepancies
from credentials.record.projection import CatalogueEntry, CatalogueFacet
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory, skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(root: Any) -> Any:
    course = CourseFactory(parent=root, children={"offering_skills": [skill("Welding")]})
    append(course, title="Before")
    append(course, title="After")
    append(course, "retired")
    return course


def rows() -> Any:
    return (
        list(CatalogueEntry.objects.order_by("pk").values()),
        sorted(CatalogueFacet.objects.values_list("entry_id", "name", "value", "label")),
    )


def test_a_rebuild_makes_the_same_and_shows_how_far_it_is(api: Any, course: Any) -> None:
    before, titles, feed = rows(), api.titles({"q": "welding"}), list(api.feed())
    output = StringIO()

    call_command("rebuild_catalogue", stdout=output)

    assert rows() == before
    assert (api.titles({"q": "welding"}), list(api.feed())) == (titles, feed)
    assert "3 of 3 versions (100 %)" in output.getvalue()


def test_a_rebuild_repairs_what_was_lost(course: Any) -> None:
    before = rows()
    CatalogueEntry.objects.filter(number=1).delete()
    CatalogueEntry.objects.update(title_key="")
    call_command("rebuild_catalogue", stdout=StringIO())
    assert rows() == before


def test_a_true_projection_passes_the_check(course: Any) -> None:
    assert list(discrepancies()) == []


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda: CatalogueEntry.objects.filter(number=2).delete(), "is not in the catalogue"),
        (lambda: CatalogueEntry.objects.filter(number=2).update(body="{}"), "something else"),
        (lambda: CatalogueEntry.objects.filter(number=1).update(valid_to=None), "another moment"),
        (lambda: CatalogueEntry.objects.filter(number=1).update(kind="x"), "finds version"),
        (lambda: CatalogueFacet.objects.all().delete(), "finds version"),
    ],
)
def test_the_check_tells_each_difference(course: Any, spoil: Any, sentence: str) -> None:
    spoil()
    found = list(discrepancies())
    assert found
    assert all(sentence in said and "rebuild_catalogue" in said for said in found)
