"""Notes and keys are written byte for byte as C2SP signed-note says."""

import pytest

from credentials.record.log.checkpoint import TreeHead, UnreadableCheckpoint
from credentials.record.log.signed_note import (
    NotSigned,
    Signer,
    UnreadableKey,
    Verifier,
    opened,
    signed,
)

# The example of the specification.
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi"
    "2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("host.example/record", b"s" * 32)


def test_the_example_of_the_specification_opens() -> None:
    assert opened(NOTE, [Verifier.read(KEY)]) == "This is an example message.\n"
    assert str(Verifier.read(KEY)) == KEY


def test_a_key_is_read_as_it_was_written() -> None:
    assert Signer.read(SIGNER.as_text) == SIGNER
    assert Signer.read(f"{SIGNER.as_text}\n") == SIGNER
    assert Verifier.read(str(SIGNER.verifier)) == SIGNER.verifier
    assert SIGNER.as_text not in repr(SIGNER)
    assert Signer.make("host.example/record") != Signer.make("host.example/record")


@pytest.mark.parametrize(
    "text", ["", "secret", SIGNER.as_text[:-4], str(SIGNER.verifier), "PRIVATE+KEY+a b+00+AA=="]
)
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(UnreadableKey) as refusal:
        Signer.read(text)
    assert not text or text not in str(refusal.value)


@pytest.mark.parametrize("name", ["", "a+b", "a b", "a\nb"])
def test_a_name_that_a_note_cannot_have_is_refused(name: str) -> None:
    with pytest.raises(UnreadableKey):
        Signer.make(name)


def test_a_changed_text_is_not_signed() -> None:
    with pytest.raises(NotSigned, match="does not fit"):
        opened(NOTE.replace("example message", "other message"), [Verifier.read(KEY)])


def test_a_note_that_only_others_signed_is_not_signed() -> None:
    with pytest.raises(NotSigned, match="No key that is known"):
        opened(NOTE, [SIGNER.verifier])
    other = Signer("host.example/record", b"o" * 32)
    note = signed("text\n", [other, SIGNER])
    assert opened(note, [SIGNER.verifier]) == opened(note, [other.verifier]) == "text\n"


@pytest.mark.parametrize("note", ["", "text\n", "text\n\n\u2014 a", "text\n\n\u2014 a\n"])
def test_what_is_no_note_is_not_signed(note: str) -> None:
    with pytest.raises(NotSigned):
        opened(note, [SIGNER.verifier])


def test_a_checkpoint_says_name_size_and_root() -> None:
    head = TreeHead("host.example/record", 20852163, bytes(range(32)))
    assert head.text == (
        "host.example/record\n20852163\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )
    assert TreeHead.read(head.text) == head


@pytest.mark.parametrize(
    "text", ["", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "\n1\nAAAA\n", "a\n1\nAAAA\n"]
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(UnreadableCheckpoint):
        TreeHead.read(text)
