"""The key that the log is signed with: it lies outside the database, in a file or the environment.

Each new key is signed by the one before, and the log itself keeps both (ADR 53).
"""

import base64
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from credentials.conf import conf
from credentials.record.log.entries import LogKey
from credentials.record.log.signed_note import Signer, UnreadableKey, Verifier


class NoRecordKey(Exception):
    """The record cannot be signed: says why, and how to mend it. Never repeats a key."""


def origin() -> str:
    """What a new log is called: the setting, or the site's host and `/record`."""
    host = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", "")).netloc
    return conf().RECORD_ORIGIN or f"{host or 'localhost'}/record"


def configured_signer() -> Signer:
    """The key that the settings name. Raises NoRecordKey."""
    try:
        return Signer.read(conf().RECORD_KEY or _file_text())
    except UnreadableKey as error:
        raise NoRecordKey(f"RECORD_KEY or the file RECORD_KEY_FILE cannot be read: {error}") from (
            error
        )


def _file_text() -> str:
    path = conf().RECORD_KEY_FILE
    if not path:
        raise NoRecordKey(
            "Neither RECORD_KEY nor RECORD_KEY_FILE is set, so the record cannot be sealed. Make a "
            "key with `manage.py make_record_key`."
        )
    try:
        return Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise NoRecordKey(
            f"RECORD_KEY_FILE names {path}, which cannot be read: {type(error).__name__}. Put the "
            "key there, or make one with `manage.py make_record_key`."
        ) from error


def newest_key() -> LogKey | None:
    """The key that the log was last given; None before anything is sealed."""
    return LogKey.objects.order_by("-pk").first()


def signer_in_use() -> Signer:
    """The settings' key, if the log goes on with it; begins the log with it when it is the first.

    Called in the transaction that seals. Raises NoRecordKey when the log has another key: an
    unexplained change of keys is what its readers are to shout at.
    """
    signer = configured_signer()
    newest = newest_key()
    if newest is None:
        LogKey.objects.create(verifier_key=str(signer.verifier))
    elif newest.verifier_key != str(signer.verifier):
        raise NoRecordKey(
            f"The log is signed with the key {newest.verifier.key_id.hex()}, and the settings name "
            f"another, {signer.verifier.key_id.hex()}. Put the former back, or replace it with "
            "`manage.py rotate_record_key`, which lets the old key sign the new one."
        )
    return signer


def succession_text(old: Verifier, new: Verifier) -> bytes:
    """What the old key signs to be followed by the new one. It can be read as no checkpoint."""
    return f"{old.name}\nThis key is followed by another.\n{old}\n{new}\n".encode()


def write_succession(old: Signer, new: Signer) -> LogKey:
    """Put into the record that the old key is followed by the new one, which has the same name.

    Raises NoRecordKey for another name: who follows the log knows it by that.
    """
    newest = newest_key()
    if newest is None or newest.verifier_key != str(old.verifier):
        raise NoRecordKey("The old key is not the one that the log is signed with.")
    if new.name != old.name:
        raise NoRecordKey(f"The new key has to be called {old.name} as well.")
    signature = base64.b64encode(old.sign(succession_text(old.verifier, new.verifier)))
    return LogKey.objects.create(
        verifier_key=str(new.verifier), previous=newest, signature=signature.decode()
    )
