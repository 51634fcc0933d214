"""The procedure that comes with the apps, as data: the first version, provisioned by migration."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class DefaultProcedure:
    """Values of the version's fields and of its parts, and the day from which it is in force."""

    in_force_from: datetime.date
    procedure: dict[str, Any]
    grounds: tuple[dict[str, Any], ...]
    steps: tuple[dict[str, Any], ...]
    letters: tuple[dict[str, str], ...]


def default_procedure() -> DefaultProcedure:
    """Read it. Letters have their `kind` beside their texts."""
    found = tomllib.loads((DATA / "procedure.toml").read_text(encoding="utf-8"))
    letters = tomllib.loads((DATA / "letters.toml").read_text(encoding="utf-8"))
    return DefaultProcedure(
        in_force_from=found["in_force_from"],
        procedure=found["procedure"],
        grounds=tuple(found["grounds"]),
        steps=tuple(found["steps"]),
        letters=tuple(
            {"kind": kind, **{name: text.strip() for name, text in texts.items()}}
            for kind, texts in letters.items()
        ),
    )
