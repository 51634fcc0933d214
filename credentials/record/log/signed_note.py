"""Texts signed with Ed25519, and the keys as text (C2SP signed-note). It knows no database."""

import base64
import binascii
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
SEED_SIZE = KEY_SIZE = 32
ID_SIZE = 4
_PRIVATE = "PRIVATE+KEY+"
_DASH = "\u2014 "
_FORM = "It is written PRIVATE+KEY+name+id+key, as `manage.py make_record_key` makes it."


class NotSigned(ValueError):
    """A note that no known key has signed, or with a signature that does not fit."""


class UnreadableKey(ValueError):
    """A text that is no key; says what is wrong with it, and never repeats it."""


@dataclass(frozen=True)
class Verifier:
    """A public key with its name."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature says which key made it."""
        digest = hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()
        return digest[:ID_SIZE]

    def __str__(self) -> str:
        """As text: name+id+key."""
        key = base64.b64encode(ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{key}"

    @classmethod
    def read(cls, text: str) -> "Verifier":
        """The key that a text names. Raises UnreadableKey."""
        name, key_id, encoded = _parts(text.strip())
        found = cls(name, _key_in(encoded))
        if found.key_id.hex() != key_id:
            raise UnreadableKey("The key's id does not fit its name: it was not copied as a whole.")
        return found

    def has_signed(self, text: bytes, signature: bytes) -> bool:
        """Whether this key made the signature over exactly this text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, repr=False)
class Signer:
    """A private key with its name. Nothing prints it but `as_text`."""

    name: str
    seed: bytes

    @classmethod
    def make(cls, name: str) -> "Signer":
        """A new one. Raises UnreadableKey for a name that a note cannot have."""
        _check_name(name)
        return cls(name, secrets.token_bytes(SEED_SIZE))

    @classmethod
    def read(cls, text: str) -> "Signer":
        """The key that a text holds. Raises UnreadableKey."""
        stripped = text.strip()
        if not stripped.startswith(_PRIVATE):
            raise UnreadableKey(f"This is no private key of a record. {_FORM}")
        name, key_id, encoded = _parts(stripped.removeprefix(_PRIVATE))
        signer = cls(name, _key_in(encoded))
        if signer.verifier.key_id.hex() != key_id:
            raise UnreadableKey(f"The key's id does not fit it: it was not copied whole. {_FORM}")
        return signer

    @property
    def as_text(self) -> str:
        """The secret, to be kept in a file or in the environment."""
        key = base64.b64encode(ED25519 + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{key}"

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    @property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def sign(self, text: bytes) -> bytes:
        """The signature over a text, 64 bytes."""
        return self._key.sign(text)


def signed(text: str, signers: Iterable[Signer]) -> str:
    """A note: the text, which ends in a newline, an empty line, and a line for each signature."""
    lines = [
        f"{_DASH}{signer.name} "
        f"{base64.b64encode(signer.verifier.key_id + signer.sign(text.encode())).decode()}\n"
        for signer in signers
    ]
    return f"{text}\n{''.join(lines)}"


def opened(note: str, verifiers: Iterable[Verifier]) -> str:
    """The text of a note that at least one of these keys has signed.

    Signatures of other keys are left alone. Raises NotSigned when none of ours is there, and when
    one of ours does not fit.
    """
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise NotSigned("This is no signed note.")
    text += "\n"
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    fitting = 0
    for line in signatures.splitlines():
        name, key_id, signature = _signature_in(line)
        verifier = known.get((name, key_id))
        if verifier is None:
            continue
        if not verifier.has_signed(text.encode(), signature):
            raise NotSigned(f"The signature of {name} does not fit the text.")
        fitting += 1
    if not fitting:
        raise NotSigned("No key that is known has signed this.")
    return text


def _signature_in(line: str) -> tuple[str, bytes, bytes]:
    dash, name, encoded = line[:2], *line[2:].partition(" ")[::2]
    data = _decoded(encoded)
    if dash != _DASH or not name or data is None or len(data) <= ID_SIZE:
        raise NotSigned("A line of signature is not written as one.")
    return name, data[:ID_SIZE], data[ID_SIZE:]


def _parts(text: str) -> tuple[str, str, str]:
    name, _plus, rest = text.partition("+")
    key_id, _plus, encoded = rest.partition("+")
    _check_name(name)
    return name, key_id, encoded


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() or ord(c) < ord(" ") for c in name):
        raise UnreadableKey("A key has a name, without spaces and +, such as host.example/record.")


def _key_in(encoded: str) -> bytes:
    data = _decoded(encoded)
    if data is None or len(data) != len(ED25519) + KEY_SIZE or data[:1] != ED25519:
        raise UnreadableKey("The key is cut off, or is no Ed25519 key.")
    return data[1:]


def _decoded(encoded: str) -> bytes | None:
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
