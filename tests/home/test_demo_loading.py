"""Loading the demonstration: where it refuses, how it goes on after an interruption."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page

from credentials.models import Offering, PublishedVersion
from credentials.people.roles import grant_roles
from home.demo.clock import Clock
from home.demo.data_files import UnreadableDemo, read_offerings
from home.demo.governance.committee import seat_committee
from home.demo.loader import Loader, quietly, run
from home.demo.offerings import check_keys
from home.demo.people import PASSWORD, make_people
from home.demo.taxonomy import make_taxonomy

REVISED = "demo-falls-prevention"
WITH_PENDING_CHANGE = "demo-sign-language"


@pytest.fixture
def loader(root: Page, settings: Any, tmp_path: Path) -> Iterator[Loader]:
    """A loader under the catalogue, with the demonstration's people and skills."""
    settings.MEDIA_ROOT = str(tmp_path)
    grant_roles(root)
    with quietly():
        people = make_people()
        clock = Clock()
        seat_committee(people, clock)
        yield Loader(root, people, make_taxonomy(people.unit), clock)


def records(*references: str) -> list[dict[str, Any]]:
    return [record for record in read_offerings() if record["reference"] in references]


def test_an_interrupted_load_goes_on_where_it_stopped(loader: Loader) -> None:
    wanted = records(REVISED, WITH_PENDING_CHANGE)
    steps = loader.steps(wanted)
    list(run(steps[:3]))  # both offerings, and the first of two changes
    rest = loader.steps(wanted)
    assert len(steps) - len(rest) == 3
    list(run(rest))
    falls = Offering.objects.get(reference=REVISED)
    assert PublishedVersion.objects.filter(offering=falls).count() == 3
    assert loader.steps(wanted) == []


def test_what_a_visitor_changed_since_stays(loader: Loader) -> None:
    wanted = records(WITH_PENDING_CHANGE)
    list(run(loader.steps(wanted)))
    page = Offering.objects.get(reference=WITH_PENDING_CHANGE).specific
    draft = page.get_latest_revision_as_object()
    draft.audience = "Anyone at a counter."
    draft.save_revision()
    assert loader.steps(wanted) == []


def test_an_offering_that_fails_leaves_neither_row_nor_file(loader: Loader, tmp_path: Path) -> None:
    [broken] = records(WITH_PENDING_CHANGE)
    broken["skills"] = ["A skill that nobody has"]
    with pytest.raises(KeyError):
        list(run(loader.steps([broken])))
    assert not Offering.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_misspelt_key_is_named() -> None:
    [record] = records(WITH_PENDING_CHANGE)
    with pytest.raises(UnreadableDemo, match="demo-sign-language: there is no sumary"):
        check_keys([record | {"sumary": "Sign."}])
    with pytest.raises(UnreadableDemo, match="demo-sign-language: there is no waits_fro"):
        check_keys([record | {"agreement": {"waits_fro": "Somebody"}}])


def test_production_settings_refuse_it_and_say_why(root: Page, monkeypatch: Any) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "config.settings.production")
    with pytest.raises(CommandError, match="--force-demo"):
        call_command("load_demo")
    assert not get_user_model().objects.exists()


def test_an_account_of_somebody_else_is_not_given_the_known_password(root: Page) -> None:
    theirs = get_user_model().objects.create_user("editor", "editor@elsewhere.example", "their own")
    with pytest.raises(CommandError, match="belongs to another account"):
        call_command("load_demo")
    theirs.refresh_from_db()
    assert not theirs.check_password(PASSWORD)
    assert not Offering.objects.exists()
