"""The row of a published offering and the ledger: held where it can be, noticed where it cannot."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from credentials.exceptions import NotApproved, NotWithdrawn, PageStillNeeded
from credentials.models import Approval, Course, Offering, Outcome, Session
from credentials.published.row_faults import row_faults
from credentials.record import publication
from home.models import CataloguePage, HomePage
from tests.factories import CourseFactory
from tests.on_record import approve_as_is, revise_as_is
from tests.proposals import draft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def faultless(course: Any) -> None:
    """Nothing is wrong before the test begins."""
    assert list(row_faults()) == []


def base_row(page: Any, **values: Any) -> None:
    """Save the row of a page by Wagtail's base class."""
    row = Page.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize(
    ("write", "refusal"),
    [
        (lambda key: Offering.objects.update(live=False), NotWithdrawn),
        (lambda key: Course.objects.filter(pk=key).update(live=False), NotWithdrawn),
        (lambda key: Course.objects.filter(pk=key).update(summary="Else"), NotApproved),
        (
            lambda key: Course.objects.bulk_update([Course(pk=key, fee=1)], ["fee"]),
            NotApproved,
        ),
        (lambda key: base_row(Page.objects.get(pk=key), live=False), NotWithdrawn),
        (lambda key: base_row(Page.objects.get(pk=key), title="Else"), NotApproved),
        (lambda key: Outcome.objects.first().delete(), NotApproved),
        (lambda key: Outcome.objects.filter(offering=key).delete(), NotApproved),
        (lambda key: Outcome.objects.filter(offering=key).update(statement="Else"), NotApproved),
        (lambda key: Session.objects.create(offering_id=key, starts="2027-01-01"), NotApproved),
        (lambda key: save_outcome(key, statement="Else"), NotApproved),
    ],
)
def test_what_a_published_row_and_its_parts_refuse(
    course: Any, write: Callable[[int], Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal), transaction.atomic():
        write(course.pk)
    assert list(row_faults()) == []
    assert Client().get("/catalogue/welding/").status_code == 200


def save_outcome(key: int, **values: Any) -> None:
    """Save a part by itself."""
    outcome = Outcome.objects.filter(offering=key).first()
    for name, value in values.items():
        setattr(outcome, name, value)
    outcome.save()


def test_a_part_is_not_taken_from_a_published_offering(course: Any, root: Any) -> None:
    unpublished = CourseFactory(parent=root)
    with pytest.raises(NotApproved):
        save_outcome(course.pk, offering_id=unpublished.pk)


def test_a_draft_is_free(root: Any) -> None:
    unpublished = CourseFactory(parent=root)
    save_outcome(unpublished.pk, statement="Else")
    Course.objects.filter(pk=unpublished.pk).update(summary="Else")
    base_row(unpublished, title="Else")
    Outcome.objects.filter(offering=unpublished.pk).delete()
    with pytest.raises(NotApproved):
        Course.objects.filter(pk=unpublished.pk).update(live=True)
    with pytest.raises(NotApproved):
        base_row(unpublished, live=True)


@pytest.mark.parametrize(
    "take_away",
    [
        lambda: CataloguePage.objects.update(live=False),
        lambda: CataloguePage.objects.all().delete(),
        lambda: HomePage.objects.get().delete(),
        lambda: Page.objects.get(slug="catalogue").delete(),
        lambda: CataloguePage.objects.get().unpublish(),
        lambda: base_row(CataloguePage.objects.get(), live=False),
        lambda: Page.objects.get(slug="catalogue").move(Page.get_first_root_node(), "last-child"),
        lambda: PageViewRestriction.objects.create(
            page=Page.objects.get(slug="home"), restriction_type="login"
        ),
        lambda: Site.objects.all().delete(),
        lambda: CataloguePage.objects.get().get_descendants(inclusive=True).unpublish(),
    ],
)
@pytest.mark.usefixtures("unharmed")
def test_in_code_too_the_pages_above_stay(take_away: Callable[[], Any]) -> None:
    with pytest.raises((PageStillNeeded, NotWithdrawn)), transaction.atomic():
        take_away()
    assert list(row_faults()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unharmed")
def test_without_a_transaction_too_the_tree_stays_whole(root: Any) -> None:
    for page in (root, Page.objects.get(pk=root.pk), CataloguePage.objects.filter(pk=root.pk)):
        with pytest.raises(PageStillNeeded):
            page.delete()


def test_a_withdrawn_offerings_page_stays_within_reach_but_the_catalogue_may_close(
    course: Any, root: Any
) -> None:
    withdraw(course)
    with pytest.raises(PageStillNeeded):
        root.delete()
    with pytest.raises(PageStillNeeded):
        PageViewRestriction.objects.create(page=root, restriction_type="login")
    root.unpublish()
    assert Client().get("/catalogue/welding/").status_code == 410


def withdraw(offering: Any) -> None:
    """Take an offering back, as was approved."""
    publication.withdraw(approve_as_is(offering, Approval.Action.WITHDRAW), note="Gone.")


def below_a_private_page() -> None:
    """Put the home page behind a login, as no signal tells."""
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page=Page.objects.get(slug="home"), restriction_type="login")]
    )


@pytest.mark.parametrize(
    ("write", "sentence"),
    [
        (lambda pages: pages.filter(slug="welding").update(live=False), "is not live"),
        (lambda pages: pages.filter(slug="welding").update(title="Else"), "holds other content"),
        (
            lambda pages: Outcome.objects.bulk_create(
                [Outcome(offering=Offering.objects.get(), code="X", statement="x", sort_order=9)]
            ),
            "holds other content",
        ),
        (lambda pages: pages.filter(slug="catalogue").update(live=False), "is not published"),
        (lambda pages: pages.filter(slug="catalogue").update(numchild=0), "miscounts"),
        (lambda pages: pages.filter(slug="welding").update(url_path="/w/"), "belongs to no site"),
        (lambda pages: pages.filter(slug="catalogue").update(slug="x"), "does not fit its place"),
        (lambda pages: pages.filter(slug="home").update(path="0009"), "does not exist"),
        (lambda pages: pages.filter(slug="welding").update(path="00010002"), "does not fit"),
        (lambda pages: below_a_private_page(), "not everybody may open"),
        (lambda pages: Site.objects.update(root_page=1), ""),
    ],
)
def test_what_nothing_refuses_is_noticed(write: Callable[[Any], Any], sentence: str) -> None:
    write(Page.objects.all())
    found = list(row_faults())
    assert bool(found) == bool(sentence)
    assert all("Welding" in fault or "Else" in fault for fault in found)
    assert sentence in " ".join(found)


def test_a_row_that_is_live_against_the_ledger_is_noticed(course: Any, root: Any) -> None:
    never = CourseFactory(parent=root, title="Never")
    withdraw(course)
    Page.objects.filter(pk__in=[never.pk, course.pk]).update(live=True)
    found = " ".join(row_faults())
    assert "“Welding”" in found
    assert "was withdrawn" in found
    assert "“Never”" in found
    assert "was never published" in found


def restored() -> str:
    """What `restore_rows --yes` prints."""
    out = StringIO()
    call_command("restore_rows", "--yes", stdout=out)
    return out.getvalue()


def test_rows_are_put_back_to_what_the_ledger_says(course: Any, root: Any) -> None:
    never = CourseFactory(parent=root, title="Never")
    other = CourseFactory(parent=root, title="Baking", life="live")
    Page.objects.filter(pk=never.pk).update(live=True)
    Page.objects.filter(pk=course.pk).update(live=False)
    Page.objects.filter(pk=other.pk).update(title="Else", live=False)
    Outcome.objects.filter(offering=other.pk)._raw_delete("default")
    printed = restored()
    assert "was taken offline" in printed
    assert "was put online again" in printed
    assert "was restored from revision" in printed
    assert list(row_faults()) == []
    other.refresh_from_db()
    assert (other.title, other.live, other.outcomes.count()) == ("Baking", True, 2)
    assert Client().get("/catalogue/welding/").status_code == 200


def test_a_newer_draft_is_kept_when_a_row_is_restored(course: Any) -> None:
    revise_as_is(course, summary="Second words.")
    page = draft(course)
    page.summary = "Third words, not decided on."
    page.save_revision()
    Page.objects.filter(pk=course.pk).update(title="Else")
    restored()
    row = Course.objects.get(pk=course.pk)
    assert (row.title, row.summary) == ("Welding", "Second words.")
    assert row.has_unpublished_changes
    assert draft(course).summary == "Third words, not decided on."


def test_what_no_revision_holds_cannot_be_restored_and_is_said(course: Any) -> None:
    Page.objects.filter(pk=course.pk).update(title="Else")
    course.revisions.all().delete()
    assert "cannot be restored" in restored()
    assert "holds other content" in " ".join(row_faults())


def test_it_asks_before_it_changes_anything(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Page.objects.filter(pk=course.pk).update(live=False)
    monkeypatch.setattr("builtins.input", lambda _question: "no")
    out = StringIO()
    call_command("restore_rows", stdout=out)
    assert "Nothing was changed" in out.getvalue()
    assert not Course.objects.get(pk=course.pk).live
    assert call_command("restore_rows", "--yes", stdout=out) is None
    out = StringIO()
    call_command("restore_rows", stdout=out)
    assert "Every row is what the ledger says" in out.getvalue()
