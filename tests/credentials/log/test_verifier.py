"""The verifier in docs/ follows a running site over HTTP, and shouts when its past was changed."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from config.environment import ROOT
from credentials.append_only.triggers import remove_triggers
from credentials.models import Checkpoint, Contribution, LogEntry, PublishedVersion
from credentials.record.log.batches import rotate_key, seal_all
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.signed_note import Signer, signed
from credentials.record.log.signing_keys import configured_signer
from credentials.record.log.tree import leaf_hash, root_of
from tests.factories import MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)

PROGRAM = ROOT / "docs" / "record_verifier.py"
Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(live_server: Any, root: Any, tmp_path: Path) -> Verify:
    """Run the program against a site with a sealed, published offering; status and what it says."""
    made = MicroCredentialFactory(parent=root, author=person("editor"), life="published")
    revise(made, fee=100)
    seal_all()

    def run(path: str = "/record") -> tuple[int, str]:
        done = subprocess.run(
            [
                sys.executable,
                str(PROGRAM),
                f"{live_server.url}{path}",
                "--state",
                str(tmp_path / "state.txt"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return run


def owner(statement: str, *values: Any) -> None:
    """What whoever owns the database can do: lift the triggers, and rewrite."""
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def contribute(number: int) -> None:
    Contribution.objects.create(offering_id=1, since=number, user_key="7", user_name="Ada")


def forge_checkpoint() -> None:
    """Sign the tree as it stands now, over what was signed before."""
    hashes = [bytes(h) for h in LogEntry.objects.order_by("index").values_list("hash", flat=True)]
    signer = configured_signer()
    head = TreeHead(signer.name, len(hashes), root_of(hashes))
    Checkpoint.objects.filter(size__gte=head.size)._raw_delete("default")
    Checkpoint.objects.create(size=head.size, root=head.root, note=signed(head.text, [signer]))


def test_it_is_short_enough_to_be_read() -> None:
    assert len(PROGRAM.read_text().splitlines()) < 150


def test_an_honest_site_is_followed_as_it_grows_and_changes_its_key(
    verify: Verify, settings: Any
) -> None:
    assert verify()[0] == 0
    for number in range(300):
        contribute(number)
    seal_all()
    status, said = verify()
    assert status == 0, said
    assert "2 published versions" in said
    new = Signer.make(configured_signer().name)
    rotate_key(new)
    settings.CREDENCE = settings.CREDENCE | {"RECORD_KEY": new.as_text}
    contribute(300)
    seal_all()
    assert verify()[0] == 0
    assert verify()[0] == 0


def test_the_sites_own_address_will_do(verify: Verify) -> None:
    assert verify("")[0] == 0
    assert verify("/record/")[0] == 0


def test_a_changed_entry_is_shouted_at(verify: Verify) -> None:
    assert verify()[0] == 0
    owner("UPDATE credentials_logentry SET entry = '{}' WHERE \"index\" = 2")
    status, said = verify()
    assert status == 1
    assert said.startswith("CHANGED: ")
    assert said.count("\n") == 1


def test_a_changed_hash_of_a_tile_is_shouted_at(verify: Verify) -> None:
    owner('UPDATE credentials_logentry SET hash = %s WHERE "index" = 2', leaf_hash(b"other"))
    assert verify()[0] == 1


def test_a_past_that_was_forged_with_the_key_is_shouted_at(verify: Verify) -> None:
    """Entry, hash and checkpoint are all made to fit: only who kept a checkpoint can tell."""
    assert verify()[0] == 0
    forged = '{"kind":"internal","rules":1,"sealed":"00"}'
    statement = 'UPDATE credentials_logentry SET entry = %s, hash = %s WHERE "index" = 2'
    owner(statement, forged, leaf_hash(forged.encode()))
    forge_checkpoint()
    status, said = verify()
    assert status == 1
    assert "no longer what they were" in said


def test_a_log_that_shrank_is_shouted_at(verify: Verify) -> None:
    assert verify()[0] == 0
    owner("DELETE FROM credentials_seal")
    owner('DELETE FROM credentials_logentry WHERE "index" > 3')
    forge_checkpoint()
    Checkpoint.objects.filter(size__gt=4)._raw_delete("default")
    status, said = verify()
    assert status == 1
    assert "shrunk" in said


def test_a_checkpoint_signed_with_another_key_is_shouted_at(verify: Verify) -> None:
    newest = Checkpoint.objects.newest()
    assert newest is not None
    stranger = Signer(configured_signer().name, b"x" * 32)
    text = newest.note.rpartition("\n\n")[0] + "\n"
    owner("UPDATE credentials_checkpoint SET note = %s", signed(text, [stranger]))
    status, said = verify()
    assert status == 1
    assert "not signed" in said


def test_a_signature_that_does_not_fit_is_shouted_at(verify: Verify) -> None:
    newest = Checkpoint.objects.newest()
    assert newest is not None
    note = newest.note.replace(f"\n{newest.size}\n", f"\n{newest.size - 1}\n")
    owner("UPDATE credentials_checkpoint SET note = %s", note)
    assert verify()[0] == 1


def test_a_published_document_that_was_rewritten_is_shouted_at(verify: Verify) -> None:
    assert verify()[0] == 0
    version = PublishedVersion.objects.get(number=1)
    document = version.document.replace('"language":"en"', '"language":"fr"')
    assert document != version.document
    owner("UPDATE credentials_publishedversion SET document = %s WHERE number = 1", document)
    status, said = verify()
    assert status == 1
    assert "Version 1 of" in said


def test_a_key_that_the_old_one_did_not_sign_is_shouted_at(verify: Verify) -> None:
    assert verify()[0] == 0
    stranger = Signer(configured_signer().name, b"x" * 32)
    owner("UPDATE credentials_logkey SET verifier_key = %s", str(stranger.verifier))
    assert verify()[0] == 1


def test_a_site_that_does_not_answer_is_no_change(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "http://127.0.0.1:9/record", "--state", str(tmp_path / "s")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("NOT CHECKED")
