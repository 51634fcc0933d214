"""Law 2: the same words give the same hash, however they are held; other words another."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from hypothesis import given
from hypothesis import strategies as st
from modelcluster.models import get_all_child_relations

from credentials.models import MicroCredential, Offering
from credentials.record.classification import Classification, classification_of, classified_fields
from credentials.record.content import canonical, changes, content_of, freeze, sha256
from tests.factories import MicroCredentialFactory, partner, skill
from tests.proposals import draft

OPERATIONAL = {
    # identity
    "id", "uuid", "reference", "page_ptr", "offering_ptr",
    "translation_key", "locale", "sort_order",
    # place in the tree
    "path", "depth", "numchild", "url_path", "alias_of", "content_type", "draft_title",
    # publishing state
    "live", "has_unpublished_changes", "first_published_at", "last_published_at", "live_revision",
    "latest_revision", "latest_revision_created_at", "go_live_at", "expire_at", "expired",
    "owner", "locked", "locked_at", "locked_by",
}  # fmt: skip


def content_models() -> list[type[models.Model]]:
    """Every page type, and every child model of ours."""
    pages = [m for m in apps.get_models() if issubclass(m, Offering)]
    children = {
        relation.related_model
        for page in pages
        for relation in get_all_child_relations(page)
        if relation.related_model._meta.app_label != "wagtailcore"
    }
    return [*pages, *sorted(children, key=lambda m: m.__name__)]


@pytest.mark.parametrize("model", content_models(), ids=lambda m: m.__name__)
def test_every_content_field_is_classified(model: type[models.Model]) -> None:
    unclassified = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and not isinstance(field, GenericRelation)
        and not field.name.endswith("_ptr")
        and classification_of(model, field) is None
        and field.name not in OPERATIONAL
        and not _is_parent(field)
    }
    assert not unclassified, (
        f"say whether these are governed, editorial or internal: {unclassified}"
    )


def _is_parent(field: Any) -> bool:
    return type(field).__name__ == "ParentalKey"


def test_protocol_sections_and_evidence_are_internal() -> None:
    internal = {
        f.name
        for f in classified_fields(MicroCredential)
        if classification_of(MicroCredential, f) == Classification.INTERNAL
    }
    assert {"objectives", "monitoring_reporting", "rationale", "association_basis"} <= internal


@pytest.fixture
def offering(root: Any) -> Any:
    return MicroCredentialFactory(
        parent=root,
        children={"partners": [partner()], "offering_skills": [skill("Safe transfer")]},
        curriculum=json.dumps(
            [
                {
                    "type": "module",
                    "value": {"title": "One", "hours": "3.5", "description": "", "topics": ["a"]},
                }
            ]
        ),
    )


@pytest.mark.django_db
def test_row_revision_and_resaved_revision_have_the_same_hash(offering: Any) -> None:
    row = MicroCredential.objects.get(pk=offering.pk)
    revision = draft(offering)
    assert freeze(row).content_hash == freeze(revision).content_hash
    revision.save_revision()
    assert freeze(draft(offering)).content_hash == freeze(row).content_hash


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "governed_too"),
    [
        ("title", "Another title", True),
        ("competency", "Another", True),
        ("hours", "25.0", True),
        ("delivery_modes", ["hybrid"], True),
        ("fee", "1.00", False),
        ("summary", "Another", False),
        ("rationale", "Another", False),
    ],
)
def test_each_class_of_field_moves_its_hashes(
    offering: Any, field: str, value: Any, governed_too: bool
) -> None:
    before = freeze(offering)
    setattr(offering, field, value)
    after = freeze(offering)
    assert after.content_hash != before.content_hash
    assert (after.governed_hash != before.governed_hash) is governed_too
    assert [c.name for c in changes(before.content, after.content)] == [field]


@pytest.mark.django_db
def test_the_order_of_outcomes_is_content(offering: Any) -> None:
    before = freeze(offering).governed_hash
    first, second = offering.outcomes.all()
    first.sort_order, second.sort_order = 1, 0
    offering.outcomes.set([second, first])
    assert freeze(offering).governed_hash != before


@pytest.mark.django_db
def test_a_child_is_content(offering: Any) -> None:
    before = freeze(offering).content_hash
    outcome = offering.outcomes.first()
    outcome.statement = "Other"
    offering.outcomes.add(outcome)
    changed = freeze(offering).content_hash
    offering.partners.clear()
    assert len({before, changed, freeze(offering).content_hash}) == 3


@pytest.mark.django_db
def test_a_block_is_content(offering: Any) -> None:
    before = freeze(offering).content_hash
    offering.curriculum.append(("text", "<p>More</p>"))
    assert freeze(offering).content_hash != before


@pytest.mark.django_db
def test_frozen_content_is_plain_data_that_gives_its_own_hash_again(offering: Any) -> None:
    frozen = freeze(offering)
    assert sha256(json.loads(frozen.canonical)) == frozen.content_hash
    assert content_of(offering) == json.loads(frozen.canonical)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), PLAIN))
def test_the_canonical_form_ignores_the_order_of_keys(data: dict[str, Any]) -> None:
    shuffled = dict(reversed(list(data.items())))
    assert canonical(shuffled) == canonical(data)
    assert canonical(json.loads(canonical(data))) == canonical(data)
