"""Authors are counted since content was last published, whatever else was said of it since."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from credentials.models import AccountTrace, Contribution, PublishedVersion
from credentials.osap import transitions as osap
from credentials.people.actors import Actor, actor_of
from credentials.people.identity import Recused, mark_of_address, mark_of_name, recuse
from credentials.record.authorship import authors_of
from tests.factories import MicroCredentialFactory
from tests.lifecycle import publish, settle
from tests.osap import osap_record
from tests.people import person
from tests.proposals import approve, draft, edit, submit
from workflows.exceptions import DecisionRefused
from workflows.proposals.retirement import request_retirement
from workflows.reviews.people import authors_under_review

pytestmark = pytest.mark.django_db

ASKS_THE_MINISTRY: dict[str, Any] = {"weeks": 6, "osap_eligible": True}


@pytest.fixture
def published(root: Any) -> Any:
    """A micro-credential on offer, which nobody's account wrote."""
    return MicroCredentialFactory(parent=root, life="published", **ASKS_THE_MINISTRY)


def tell_of_osap(offering: Any) -> None:
    before, by = number_of(offering), person("department")
    record = osap_record(offering)
    osap.submit(record, by)
    osap.approve(record, by, osap.Paper("OSAP-2026-118", "A letter."))
    assert number_of(offering) == before + 1


def number_of(offering: Any) -> int:
    head = PublishedVersion.objects.head_of(offering.pk)
    assert head is not None
    return head.number


def retire(offering: Any) -> None:
    settle(
        request_retirement(
            offering, person("department"), action="retire", note="It ends.", reason="Few came."
        )
    )


@pytest.mark.parametrize("told", [tell_of_osap, retire])
def test_a_version_without_content_frees_no_author(published: Any, told: Any) -> None:
    author = person("department", 5)
    edit(published, author, competency="Words of theirs.", hours=30)
    told(published)
    edit(published, person("editor"), hours=31)
    assert set(authors_of(draft(published))) == {str(author.pk), str(person("editor").pk)}
    submit(published, person("editor"))
    with pytest.raises(DecisionRefused, match="recused"):
        approve(published, author)


def test_a_row_that_names_such_a_version_still_counts(published: Any) -> None:
    tell_of_osap(published)
    Contribution.objects.create(
        offering_id=published.pk, since=number_of(published), user_key="77", user_name="Ada"
    )
    assert authors_of(draft(published)) == {"77": "Ada"}


def test_what_was_published_since_makes_no_author(published: Any) -> None:
    edit(published, person("editor"), hours=30)
    tell_of_osap(published)
    publish(published, person("editor"))
    assert authors_of(draft(published)) == {}


@pytest.mark.parametrize("since", [1, 2])
def test_a_review_counts_what_was_written_before_and_after_such_a_version(
    root: Any, since: int
) -> None:
    offering = MicroCredentialFactory(
        parent=root, author=person("editor", 2), life="published", **ASKS_THE_MINISTRY
    )
    tell_of_osap(offering)
    edit(offering, person("editor", 3), competency="Another.")
    Contribution.objects.create(
        offering_id=offering.pk, since=since, user_key="77", user_name="Ada"
    )
    publish(offering, person("editor"))
    expected = {str(person("editor", 2).pk), str(person("editor", 3).pk), "77"}
    assert set(authors_under_review(offering.pk)) == expected


def test_a_contribution_without_any_trace_counts_by_its_name(published: Any) -> None:
    """As rows do whose author's account was deleted before traces were left."""
    Contribution.objects.create(
        offering_id=published.pk, since=1, user_key="9999", user_name="Renée  DUBOIS"
    )
    anew = get_user_model().objects.create_user("r", first_name="Renee", last_name="Dubois")
    recused = recuse(Actor(*row) for row in authors_of(published).items())
    assert recused.includes(anew) and recused.includes(actor_of(anew))
    assert not recused.includes(person("editor"))


def test_a_trace_names_nobody_and_stays() -> None:
    user = get_user_model().objects.create_user("ada", "Ada@Example.org", first_name="Ada")
    key = str(user.pk)
    user.delete()
    traces = AccountTrace.objects.filter(user_key=key)
    marks = {mark_of_name("ADA"), mark_of_address("ada@example.ORG ")}
    assert marks <= set(traces.values_list("mark", flat=True))
    assert not any("ada" in str(value).lower() for row in traces.values() for value in row.values())


def test_who_has_no_address_shares_none(root: Any) -> None:
    without = [
        get_user_model().objects.create_user(name, "", first_name=name) for name in ("Ada", "Bob")
    ]
    assert not recuse([actor_of(without[0])]).includes(without[1])
    assert recuse([]) == Recused()


def test_signing_in_asks_nothing_more(django_assert_num_queries: Any) -> None:
    user = person("editor")
    with django_assert_num_queries(1):
        user.save(update_fields=["last_login"])


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)


@given(names)
def test_a_mark_does_not_depend_on_how_a_name_is_written(name: str) -> None:
    written_otherwise = f"  {'  '.join(name.split())} "
    assert mark_of_name(name) == mark_of_name(written_otherwise)
    assert bool(mark_of_name(name)) == bool(mark_of_name(name).strip())
    assert mark_of_name("a" + name) != mark_of_address("a" + name)
