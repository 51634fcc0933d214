"""Reads the demonstration's data files, and puts the parts of a stack before the stack."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Record = dict[str, Any]

DATA = Path(__file__).parent / "data"
SHARED = "shared"  # the folder of what offerings have in common: units, skills, texts, people


class UnreadableDemo(ValueError):
    """A record says something that the loader does not know; the message says which."""


def read_shared(name: str) -> Record:
    """Return one file of what offerings have in common."""
    return tomllib.loads((DATA / SHARED / f"{name}.toml").read_text(encoding="utf-8"))


def read_offerings() -> list[Record]:
    """Return every offering, in an order in which parts come before what is made of them."""
    records = {record["reference"]: record for record in _records()}
    ordered: dict[str, Record] = {}
    for reference in records:
        _place(reference, records, ordered)
    return list(ordered.values())


def _records() -> Iterator[Record]:
    for path in sorted(DATA.glob("*.toml")):
        for record in tomllib.loads(path.read_text(encoding="utf-8"))["offerings"]:
            yield {"picture": path.stem, **record}


def _place(reference: str, records: dict[str, Record], ordered: dict[str, Record]) -> None:
    if reference in ordered:
        return
    record = records[reference]
    named = [*record.get("components", [])]
    named += [part for group in record.get("groups", []) for part in group["of"]]
    named += [item.removeprefix("with ") for item in record.get("prerequisites", [])]
    for other in named:
        if other in records:  # a prerequisite may be words instead
            _place(other, records, ordered)
    ordered[reference] = record
