"""What the log serves: the right bytes, types and caching; for anything else 404, in plain text."""

import base64
import json
from typing import Any

import pytest
from django.test import Client

from credentials.models import Checkpoint, LogEntry, PublishedVersion
from credentials.record.log.batches import seal_all
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.signed_note import opened
from credentials.record.log.signing_keys import configured_signer
from credentials.record.log.tree import leaf_hash, root_of
from tests.credentials.log.followers import root_by_inclusion, unbundle
from tests.factories import MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering(root: Any) -> Any:
    """Published in two versions, and sealed."""
    made = MicroCredentialFactory(parent=root, author=person("editor"), life="published")
    revise(made, fee=100)
    seal_all()
    return made


def size() -> int:
    return LogEntry.objects.count()


def test_the_checkpoint_is_signed_and_says_the_tree(client: Client, offering: Any) -> None:
    response = client.get("/record/checkpoint", HTTP_ORIGIN="https://elsewhere.example")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-cache"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    head = TreeHead.read(opened(response.content.decode(), [configured_signer().verifier]))
    assert head.origin == "testserver/record"
    assert head.size == size()
    bundle = client.get(f"/record/tile/entries/000.p/{size()}").content
    assert root_of([leaf_hash(entry) for entry in unbundle(bundle)]) == head.root


def test_a_tile_holds_the_hashes_of_its_bundle(client: Client, offering: Any) -> None:
    tile = client.get(f"/record/tile/0/000.p/{size()}")
    bundle = client.get(f"/record/tile/entries/000.p/{size()}")
    assert tile["Content-Type"] == bundle["Content-Type"] == "application/octet-stream"
    assert tile["Cache-Control"] == "public, max-age=60"
    assert tile.content == b"".join(leaf_hash(entry) for entry in unbundle(bundle.content))
    assert client.head(f"/record/tile/0/000.p/{size()}").status_code == 200


def test_a_full_tile_is_kept_for_ever_and_its_parts_stay(client: Client, root: Any) -> None:
    begun = size()
    LogEntry.objects.bulk_create(
        LogEntry(index=n, entry="{}", hash=leaf_hash(b"{}")) for n in range(begun, 256)
    )
    full = client.get("/record/tile/0/000")
    assert full["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(full.content) == 256 * 32
    assert client.get("/record/tile/0/000.p/100").content == full.content[: 100 * 32]


def test_each_address_asks_the_database_once(
    client: Client, offering: Any, django_assert_num_queries: Any
) -> None:
    for address in ("checkpoint", "key", "tile/0/000.p/5", "tile/entries/000.p/5"):
        with django_assert_num_queries(1):
            assert client.get(f"/record/{address}").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0/000",
        "0/001.p/1",
        "1/000.p/1",
        "7/x999/x999/x999/x999/999",
        "0/" + "x999/" * 40 + "999",
        "entries/000",
        "0/000.p/0",
        "0/000.p/999",
        "0/000%0A",
        "../checkpoint",
        "0/%F0%9F%92%A9",
        "0/%ff",
        "entries/" + "9" * 5000,
    ],
)
def test_beyond_the_tree_and_on_hostile_paths_there_is_nothing(
    client: Client, offering: Any, path: str
) -> None:
    response = client.get(f"/record/tile/{path}")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("address", ["checkpoint", "key"])
def test_before_anything_is_sealed_there_is_nothing(
    client: Client, root: Any, address: str
) -> None:
    response = client.get(f"/record/{address}")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/plain")
    assert client.get("/record/").status_code == 200


def test_nothing_can_be_written(client: Client, offering: Any) -> None:
    assert client.post("/record/checkpoint").status_code == 405
    assert client.delete("/record/tile/0/000.p/1").status_code == 405


def test_a_version_is_proven_offline(client: Client, offering: Any) -> None:
    base = f"/api/v1/offerings/{offering.uuid}/versions/2"
    response = client.get(f"{base}/proof")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    proof, _empty, note = response.content.decode().partition("\n\n")
    first, extra, index, *path = proof.split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    leaf = base64.b64decode(extra.removeprefix("extra "))
    head = TreeHead.read(opened(note, [configured_signer().verifier]))
    number = int(index.removeprefix("index "))
    hashes = [base64.b64decode(line) for line in path]
    assert root_by_inclusion(leaf_hash(leaf), number, head.size, hashes) == head.root
    document = client.get(f"{base}/document")
    assert document["ETag"] == f'"{json.loads(leaf)["document"]}"'
    version = PublishedVersion.objects.get(number=2)
    assert document.content.decode() == version.document
    assert client.get(f"{base}/document", HTTP_IF_NONE_MATCH=document["ETag"]).status_code == 304


def test_what_is_not_sealed_yet_has_no_proof(client: Client, root: Any) -> None:
    made = MicroCredentialFactory(parent=root, author=person("editor"), life="live")
    base = f"/api/v1/offerings/{made.uuid}/versions"
    response = client.get(f"{base}/1/proof")
    assert response.status_code == 404
    assert response["Retry-After"] == "300"
    assert client.get(f"{base}/9/proof").status_code == 404
    assert client.get(f"{base}/9/document").status_code == 404


def test_the_page_says_it_in_both_languages(client: Client, offering: Any) -> None:
    newest = Checkpoint.objects.newest()
    assert newest is not None
    for language in ("en", "fr"):
        page = client.get("/record/", HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert f'<html lang="{language}"' in page
        assert newest.note.split("\n")[2] in page.replace("&#x2F;", "/").replace("&#x3D;", "=")
        assert configured_signer().as_text not in page


def test_every_page_links_to_it(client: Client, offering: Any) -> None:
    assert 'href="/record/"' in client.get(offering.url).content.decode()
