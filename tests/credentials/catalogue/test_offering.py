"""One offering: what it says, by which names, and what is left of one that is gone."""

from typing import Any

import pytest

from credentials.record.projection import CatalogueEntry
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.on_record import revise_as_is
from tests.proposals import edit

pytestmark = pytest.mark.django_db


def test_it_is_found_by_uuid_and_by_slug(api: Any, root: Any) -> None:
    course = CourseFactory(parent=root, title="Welding", slug="welding", life="live")

    by_slug = api.get("/offerings/welding")

    assert by_slug["title"] == "Welding"
    assert by_slug == api.get(f"/offerings/{course.uuid}")
    assert by_slug["approval"]["reference"]
    assert by_slug["version"]["number"] == 1


def test_a_draft_is_not_there(api: Any, root: Any) -> None:
    draft = CourseFactory(parent=root, slug="draft")
    assert "draft" in api.refused("/offerings/draft", status=404)["detail"]
    api.refused(f"/offerings/{draft.uuid}", status=404)


def test_an_edit_shows_only_once_it_is_approved(api: Any, root: Any) -> None:
    course = CourseFactory(parent=root, slug="welding", life="live", title="Welding")
    edit(course, title="Welding and cutting")
    assert api.get("/offerings/welding")["title"] == "Welding"

    revise_as_is(course, title="Welding and cutting")

    served = api.get("/offerings/welding")
    assert (served["title"], served["version"]["number"]) == ("Welding and cutting", 2)


def test_a_retired_one_is_served_and_says_so(api: Any, root: Any, retired: Any) -> None:
    course = CourseFactory(parent=root, slug="old", life="live")
    retired(course, note="Replaced.")

    served = api.get("/offerings/old")

    assert (served["status"], served["note"]) == ("retired", "Replaced.")
    assert api.titles() == []


def test_a_withdrawn_one_leaves_a_tombstone(api: Any, root: Any, withdrawn: Any) -> None:
    course = CourseFactory(parent=root, slug="wrong", title="Wrong", life="live")
    withdrawn(course, note="Not ours.")

    for name in ("wrong", course.uuid):
        tombstone = api.refused(f"/offerings/{name}", status=410)["tombstone"]
        assert (tombstone["id"], tombstone["note"]) == (str(course.uuid), "Not ours.")
    assert api.titles() == []


def test_a_slug_taken_over_names_the_offering_that_has_it_now(
    api: Any, root: Any, withdrawn: Any
) -> None:
    first = CourseFactory(parent=root, slug="shared", title="First", life="live")
    withdrawn(first)
    type(first).objects.filter(pk=first.pk).update(slug="freed")
    CourseFactory(parent=root, slug="shared", title="Second", life="live")

    assert api.get("/offerings/shared")["title"] == "Second"
    assert len(api.get("/offerings/shared/versions")["versions"]) == 1


def test_only_the_fields_asked_for(api: Any, root: Any) -> None:
    CourseFactory(parent=root, slug="welding", life="live")
    assert set(api.get("/offerings/welding", {"fields": "title,fee"})) == {"title", "fee"}
    with_sessions = api.get("/offerings/welding", {"fields": "title", "include": "sessions"})
    assert set(with_sessions) == {"title", "sessions"}


def test_as_it_stood_before_its_revision(api: Any, root: Any) -> None:
    course = CourseFactory(parent=root, slug="welding", title="Before", life="live")
    moment = CatalogueEntry.objects.get().valid_from
    revise_as_is(course, title="After")

    assert api.get("/offerings/welding", {"as_of": moment.isoformat()})["title"] == "Before"
    assert api.get("/offerings/welding")["title"] == "After"


def test_its_versions_stay_each_with_its_approval(api: Any, root: Any, withdrawn: Any) -> None:
    course = CourseFactory(parent=root, slug="welding", title="Before", life="live")
    revise_as_is(course, title="After")
    withdrawn(course)

    history = api.get(f"/offerings/{course.uuid}/versions")["versions"]

    assert [version["event"] for version in history] == ["withdrawn", "revised", "published"]
    assert len({version["approval"]["reference"] for version in history}) == 3
    assert history[2]["valid_to"] == history[1]["published_at"]
    assert history[0]["valid_to"] is None
    assert api.get(f"/offerings/{course.uuid}/versions/1")["title"] == "Before"
    api.refused(f"/offerings/{course.uuid}/versions/3", status=410)
    api.refused(f"/offerings/{course.uuid}/versions/4", status=404)


def test_what_changed_between_versions(api: Any, root: Any) -> None:
    course = MicroCredentialFactory(parent=root, slug="m", title="Before", life="live")
    revise_as_is(course, title="After")

    changes = api.get("/offerings/m/versions/1/diff/2")["changes"]

    assert changes == [{"field": "title", "before": "Before", "after": "After"}]
    assert api.get("/offerings/m/versions/2/diff/2")["changes"] == []
    api.refused("/offerings/m/versions/1/diff/9", status=404)


def test_history_of_what_was_never_published_is_not_there(api: Any, root: Any) -> None:
    draft = CourseFactory(parent=root, slug="draft")
    for name in ("draft", draft.uuid):
        api.refused(f"/offerings/{name}/versions", status=404)
        api.refused(f"/offerings/{name}/versions/1", status=404)
        api.refused(f"/offerings/{name}/pathway", status=404)
