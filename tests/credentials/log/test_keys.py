"""The log's key: where it comes from, how it is replaced, and when sealing is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from credentials.models import Checkpoint, LogEntry, LogKey
from credentials.record.log.batches import seal_all
from credentials.record.log.signed_note import Signer, opened
from credentials.record.log.signing_keys import NoRecordKey, configured_signer
from tests.credentials.log.test_sealing import contribute

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(root: Any, settings: Any, tmp_path: Path) -> Path:
    """A log that is sealed with a key in a file."""
    path = tmp_path / "record.key"
    call_command("make_record_key", to=path, name="testserver/record")
    settings.CREDENCE = settings.CREDENCE | {"RECORD_KEY": "", "RECORD_KEY_FILE": str(path)}
    seal_all()
    return path


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.key"
    call_command("make_record_key", to=path, name="host.example/record")
    assert path.stat().st_mode & 0o777 == 0o600
    assert Signer.read(path.read_text()).name == "host.example/record"
    with pytest.raises(CommandError, match="never overwritten"):
        call_command("make_record_key", to=path)


def test_without_a_key_nothing_is_sealed_and_a_sentence_says_what_to_do(
    root: Any, settings: Any
) -> None:
    settings.CREDENCE = settings.CREDENCE | {"RECORD_KEY": ""}
    with pytest.raises(CommandError, match="make_record_key"):
        call_command("seal_record")
    assert not LogEntry.objects.exists()


def test_another_key_is_refused_until_the_old_one_signed_it(key_file: Path) -> None:
    sealed = LogEntry.objects.count()
    key_file.write_text(Signer.make("testserver/record").as_text)
    contribute(1)
    with pytest.raises(NoRecordKey, match="rotate_record_key"):
        seal_all()
    assert LogEntry.objects.count() == sealed


def test_a_rotated_key_is_signed_by_the_old_one_and_goes_on(key_file: Path) -> None:
    old = configured_signer()
    contribute(1)
    call_command("rotate_record_key")
    new = configured_signer()
    assert new.verifier != old.verifier
    [kept] = [path for path in key_file.parent.iterdir() if path != key_file]
    assert Signer.read(kept.read_text()).verifier == old.verifier
    bridge = Checkpoint.objects.newest()
    assert bridge is not None
    assert opened(bridge.note, [old.verifier]) == opened(bridge.note, [new.verifier])
    contribute(1, 1)
    assert seal_all() == 1
    assert LogKey.objects.get(previous__isnull=False).previous.verifier == old.verifier


def test_a_key_from_the_environment_needs_a_file_for_the_next(root: Any, tmp_path: Path) -> None:
    seal_all()
    with pytest.raises(CommandError, match="--to"):
        call_command("rotate_record_key")
    call_command("rotate_record_key", to=tmp_path / "next.key")
    assert Signer.read((tmp_path / "next.key").read_text()).verifier == (
        LogKey.objects.order_by("-pk")[0].verifier
    )
