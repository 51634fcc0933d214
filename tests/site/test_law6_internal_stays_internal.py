"""Law 6: no internal value reaches a page, the API, a feed, search or a media address."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.models import Page

from credentials.choices import AssociationBasis
from credentials.models import AssociationEvidence, CatalogueEntry, MicroCredential
from credentials.record.classification import Classification, classification_of, classified_fields
from home.models import CataloguePage
from tests.factories import MicroCredentialFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import edit
from tests.tokens import bearer

pytestmark = pytest.mark.django_db


def internal_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model that nobody outside may see."""
    return [
        field
        for field in classified_fields(model)
        if classification_of(model, field) == Classification.INTERNAL
    ]


def secret(name: str) -> str:
    """A value that can be found again: short enough for every field."""
    return f"INTERNAL-{name}"[:20]


def filled(model: type[models.Model], document: Any) -> dict[str, Any]:
    """A findable value for every internal field of a model."""
    values: dict[str, Any] = {}
    for field in internal_fields(model):
        if isinstance(field, models.ForeignKey):
            values[field.name] = document
        elif isinstance(field, models.URLField):
            values[field.name] = f"https://internal.example.org/{secret(field.name)}"
        elif isinstance(field, models.DateField):
            values[field.name] = datetime.date(1999, 9, 9)
        elif field.choices:
            values[field.name] = AssociationBasis.LEGISLATION.value
        else:
            values[field.name] = secret(field.name)
    return values


@pytest.fixture
def letter(root: Any) -> Any:
    """An evidence letter."""
    return get_document_model().objects.create(
        title="INTERNAL-letter", file=ContentFile(b"INTERNAL-bytes", name="INTERNAL-letter.txt")
    )


@pytest.fixture
def offering(root: Any, letter: Any) -> Any:
    """A published offering with every internal field filled in, and an unpublished change."""
    made = MicroCredentialFactory(
        parent=root,
        author=person("editor"),
        children={
            "association_evidence": [
                AssociationEvidence(**filled(AssociationEvidence, letter)),
            ]
        },
        **filled(MicroCredential, letter),
    )
    publish(made)
    edit(made, competency="INTERNAL-draft", rationale="INTERNAL-why")
    return made


def public_addresses(offering: Any) -> Iterator[str]:
    """Every address that an anonymous visitor or consumer can ask."""
    site_root = offering.get_parent().get_parent()
    yield site_root.get_url()
    yield offering.get_parent().get_url()
    for words in ("INTERNAL", "INTERNAL-rationale", offering.title):
        yield f"{offering.get_parent().get_url()}?q={words}"
        yield reverse("catalogue_api:offerings") + f"?q={words}"
        yield reverse("catalogue_api:suggest") + f"?q={words}"
    yield offering.get_url()
    for name in ("offerings", "facets", "changes", "export-ndjson", "export-csv", "openapi-json"):
        yield reverse(f"catalogue_api:{name}")
    yield reverse("catalogue_api:offerings") + "?include=components,sessions"
    for name in ("offering", "versions", "reviews", "pathway"):
        yield reverse(f"catalogue_api:{name}", args=[offering.slug])
    yield reverse("catalogue_api:version", args=[offering.slug, 1])
    yield "/api/v3/pages/"
    yield f"/api/v3/pages/{offering.pk}/"
    yield f"/api/v3/pages/{offering.pk}/?version=draft"
    yield "/api/v3/pages/?search=INTERNAL&type=credentials.MicroCredential"


def text_of(response: Any) -> str:
    """The body, streamed or not."""
    parts = response.streaming_content if response.streaming else [response.content]
    return b"".join(parts).decode()


def test_every_internal_field_is_filled(offering: Any) -> None:
    """Else the search below would find nothing and prove nothing."""
    row = MicroCredential.objects.get(pk=offering.pk)
    for field in internal_fields(MicroCredential):
        assert getattr(row, field.name), field.name
    relations = {r.related_model for r in get_all_child_relations(MicroCredential)}
    with_internal = {m for m in relations if internal_fields(m)}
    assert with_internal == {AssociationEvidence}


def test_no_internal_value_is_public(offering: Any, client: Client) -> None:
    values = [
        str(value)
        for model in (MicroCredential, AssociationEvidence)
        for value in filled(model, None).values()
        if value
    ]
    seen = 0
    for address in public_addresses(offering):
        response = client.get(address)
        assert response.status_code in (200, 401, 403, 404, 422), address
        text = text_of(response).replace(f"?q={address.partition('?q=')[2]}", "")
        seen += response.status_code == 200
        found = [v for v in values if v in text and v not in address]
        assert not found, f"{address} shows {found}"
        assert "INTERNAL-draft" not in text
        assert "1999-09-09" not in text
    assert seen >= 15


def test_search_does_not_find_internal_words(offering: Any) -> None:
    assert not list(CatalogueEntry.objects.all().search("INTERNAL"))
    assert not list(Page.objects.live().public().search("INTERNAL"))
    assert not list(MicroCredential.objects.live().search("INTERNAL-rationale"))


def test_an_evidence_letter_is_served_to_nobody_outside(letter: Any, client: Client) -> None:
    addresses = {letter.url, f"/media/{letter.file.name}", letter.file.url}
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (302, 401, 403, 404), address
        assert b"INTERNAL-bytes" not in text_of(response).encode()


def test_people_of_the_admin_can_read_an_evidence_letter(
    letter: Any, people: Any, client: Client
) -> None:
    for name in ("editor", "department", "committee"):
        client.force_login(people[name])
        assert b"INTERNAL-bytes" in text_of(client.get(letter.url)).encode()


def test_the_ledgers_document_names_no_person(offering: Any) -> None:
    body = CatalogueEntry.objects.current().get().body
    for role in ("Editor", "Department-1", "Committee-1", "@example.org"):
        assert role not in body


def test_rebuilding_brings_nothing_internal_back(offering: Any) -> None:
    call_command("rebuild_catalogue", verbosity=0)
    assert "INTERNAL" not in CatalogueEntry.objects.current().get().body


def test_an_editors_token_reads_no_more_than_the_api_promises(offering: Any, people: Any) -> None:
    client = Client(headers=bearer(people["editor"]))
    assert "INTERNAL" not in text_of(client.get(f"/api/v3/pages/{offering.pk}/"))
    assert CataloguePage.objects.exists()
