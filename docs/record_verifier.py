"""Follow the transparency log of a site from outside, over HTTP only, and shout when it changed.

The first run believes the site's key (or --key) and keeps it with the checkpoint; later ones check
both. Exit status: 0 all is well, 1 history or a signature is not right, 2 it could not be checked.
"""

import argparse
import base64
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Changed(Exception):
    """The log is not what it has to be."""


def fetch(url: str) -> bytes:
    try:
        return bytes(urllib.request.urlopen(url, timeout=60).read())
    except urllib.error.HTTPError as error:
        if error.code not in (404, 410):
            raise
        return b""  # nothing is there, or no longer


def check(vkey: str, text: str, signature: bytes, sentence: str) -> None:
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(vkey.split("+", 2)[2])[1:])
    try:
        key.verify(signature, text.encode())
    except InvalidSignature:
        raise Changed(sentence) from None


def opened(note: str, vkey: str) -> tuple[int, bytes]:
    """Size and root of a checkpoint that this key has signed."""
    name, key_id = vkey.split("+")[:2]
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        signed = base64.b64decode(line.rpartition(" ")[2])
        if line.startswith(f"\u2014 {name} ") and signed[:4].hex() == key_id:
            check(vkey, f"{text}\n", signed[4:], "The checkpoint's signature does not fit.")
            origin, size, root = text.split("\n")[:3]
            if origin == name:
                return int(size), base64.b64decode(root)
    raise Changed("The checkpoint is not signed with the log's key.")


def successor(vkey: str, lines: list[str]) -> str:
    """The key in use, led to from the one we know by signatures of each over the next."""
    for old, new, signature in map(str.split, lines[1:]):
        if old == vkey:
            text = f"{old.split('+')[0]}\nThis key is followed by another.\n{old}\n{new}\n"
            check(old, text, base64.b64decode(signature), "The old key has not signed the new.")
            vkey = new
    if lines[0] != vkey:
        raise Changed("The log has a key that the one we know has not signed.")
    return vkey


def root_of(level: list[bytes]) -> bytes:
    """The root of the tree over these leaves (RFC 6962)."""
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        joined = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        level = joined + level[len(level) - len(level) % 2 :]
    return level[0] if level else sha256().digest()


def entries(base: str, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Every entry with its hash, in order; each bundle fits the tile of hashes beside it."""
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        path = "/".join(f"x{group:0>3}" for group in f"{number:,}".split(","))
        path = "".join(path.rpartition("x")[::2]) + f".p/{width}" * (width < 256)
        data, found = fetch(f"{base}/tile/entries/{path}"), []
        while data:
            end = 2 + int.from_bytes(data[:2])
            found.append((data[2:end], sha256(b"\x00" + data[2:end]).digest()))
            data = data[end:]
        hashes = b"".join(leaf_hash for _, leaf_hash in found)
        if len(found) != width or fetch(f"{base}/tile/0/{path}") != hashes:
            raise Changed(f"The bundle {path} and its tile of hashes do not fit each other.")
        yield from found


def compare(api: str, leaf: dict[str, object]) -> None:
    """Raise Changed unless the site serves of a version what the log says."""
    place = f"{api}/offerings/{leaf['offering']}/versions"
    version = f"Version {leaf['number']} of {leaf['offering']}"
    listed = json.loads(fetch(place) or b'{"versions": []}')["versions"]
    says = next((item for item in listed if item["number"] == leaf["number"]), None)
    if says is None:
        raise Changed(f"{version} is in the log, and no longer served.")
    says |= says["approval"] | {"valid_from": says["published_at"]}
    for name in leaf.keys() & says.keys():
        if says[name] != leaf[name]:
            raise Changed(f"{version}: the log and the site say another {name}.")
    document = fetch(f"{place}/{leaf['number']}/document")
    if leaf["event"] != "withdrawn" and sha256(document).hexdigest() != leaf["document"]:
        raise Changed(f"{version}: the document served is not the one in the log.")


def follow(base: str, api: str, state: Path, key: str | None) -> str:
    kept = state.read_text().split("\n", 1) if state.exists() else None
    lines = fetch(f"{base}/key").decode().splitlines()
    vkey = successor(kept[0] if kept else key or lines[0], lines)
    note = fetch(f"{base}/checkpoint").decode()
    size, root = opened(note, vkey)
    known, known_root = opened(kept[1], kept[0]) if kept else (0, root_of([]))
    if size < known:
        raise Changed(f"The log has shrunk from {known} entries to {size}.")
    leaves, hashes = map(list, zip(*entries(base, size), strict=True))
    if root_of(hashes) != root:
        raise Changed("The entries do not make the root that the checkpoint says.")
    if root_of(hashes[:known]) != known_root:
        raise Changed(f"The first {known} entries are no longer what they were.")
    versions = [leaf for leaf in map(json.loads, leaves) if leaf["kind"] == "version"]
    for leaf in versions:
        compare(api, leaf)
    state.write_text(f"{vkey}\n{note}")
    return f"All is well: {size} entries, {len(versions)} published versions."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", help="address of the site, or of its record")
    parser.add_argument("--state", type=Path, required=True, help="file for key and checkpoint")
    parser.add_argument("--key", help="the verifier key to believe on the first run")
    asked = parser.parse_args()
    base = f"{asked.record.rstrip('/').removesuffix('/record')}/record"
    try:
        print(follow(base, f"{base.rpartition('/')[0]}/api/v1", asked.state, asked.key))
    except Changed as change:
        sys.exit(f"CHANGED: {change}")  # status 1
    except (OSError, ValueError, LookupError) as error:
        print(f"NOT CHECKED: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
