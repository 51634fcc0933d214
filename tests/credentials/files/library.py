"""Pictures and documents of the library, and the pages of the admin that change them."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ReferenceIndex

from credentials.models import AssociationEvidence
from tests.factories import MicroCredentialFactory

PICTURE, DOCUMENT = "picture", "document"
PAGES = {
    PICTURE: ("wagtailimages:edit", "wagtailimages:delete"),
    DOCUMENT: ("wagtaildocs:edit", "wagtaildocs:delete"),
}


def png(colour: str) -> bytes:
    """A picture of one colour."""
    out = BytesIO()
    Image.new("RGB", (1200, 630), colour).save(out, "PNG")
    return out.getvalue()


def upload(colour: str) -> Any:
    """A picture of the library."""
    file = ContentFile(png(colour), name=f"{colour}.png")
    title = colour.title()
    made = get_image_model()(title=title, description=f"All {colour}.", file=file)
    made._set_image_file_metadata()
    made.save()
    return made


def letter(text: bytes = b"We need this.") -> Any:
    """A document of the library."""
    file = ContentFile(text, name="letter.txt")
    made = get_document_model()(title="Letter", file=file)
    made._set_document_file_metadata()
    made.save()
    return made


def offering_with(kind: str, file: Any, root: Any, life: str = "live") -> Any:
    """An offering that shows this picture, or whose evidence is this document."""
    if kind == PICTURE:
        return MicroCredentialFactory(parent=root, image=file, life=life)
    evidence = [AssociationEvidence(description="Letter", document=file)]
    children = {"association_evidence": evidence}
    return MicroCredentialFactory(parent=root, children=children, life=life)


def let_go(offering: Any) -> None:
    """Take the picture and documents out of the live row, as if it had come to show others."""
    QuerySet(type(offering)).filter(pk=offering.pk).update(image=None)
    evidence = type(offering).objects.get(pk=offering.pk).association_evidence
    QuerySet(evidence.model).filter(micro_credential_id=offering.pk).update(document=None)
    ReferenceIndex.remove_for_object(offering)


def another_file(kind: str) -> SimpleUploadedFile:
    """What a person chooses instead."""
    if kind == PICTURE:
        return SimpleUploadedFile("other.png", png("navy"), "image/png")
    return SimpleUploadedFile("other.txt", b"We no longer need this.", "text/plain")


def save_in_admin(client: Client, kind: str, row: Any, **values: Any) -> str:
    """Save Wagtail's own form of a picture or document; the page that comes next."""
    form = {"title": row.title, "tags": "", "collection": Collection.get_first_root_node().pk}
    address = reverse(PAGES[kind][0], args=[row.pk])
    response = client.post(address, form | values, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def delete_in_admin(client: Client, kind: str, file: Any) -> str:
    """Confirm Wagtail's own page to delete a picture or document; the page that comes next."""
    response = client.post(reverse(PAGES[kind][1], args=[file.pk]), follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def delete_many_in_admin(client: Client, file: Any) -> str:
    """Confirm the deletion of what was ticked in Wagtail's list; the page that comes next."""
    meta = file._meta
    address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, "delete"])
    there = reverse("wagtailimages:index" if meta.model_name == "image" else "wagtaildocs:index")
    response = client.post(f"{address}?id={file.pk}&next={there}", follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def stored_bytes(file: Any) -> bytes:
    """What the library holds for a picture or document now."""
    stored = type(file).objects.get(pk=file.pk)
    with stored.file.storage.open(stored.file.name) as opened:
        return bytes(opened.read())
