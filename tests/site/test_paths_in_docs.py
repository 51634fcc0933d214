"""What the documentation points to is there, by the name that it has now."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
CODE = re.compile(r"`([^`\s]+)`")
PATH = re.compile(r"\w+(?:/[\w.]+)+/?")
MODULE = re.compile(r"(?:credentials|workflows|appeals|home)(?:\.[a-z_]+){2,}")
# Made when the project runs, or no path at all.
NO_FILE_OF_OURS = ("var/", "media/", "application/")
# What a decision or a release says of the time before it.
GONE = {
    ("0057-floors.md", "models/stage.py"),
    ("0057-floors.md", "credentials/osap/standing.py"),
    ("CHANGELOG.md", "credentials.catalogue.urls"),
    ("CHANGELOG.md", "workflows.health_urls"),
}
SKIPPED = {".git", ".venv", "node_modules", "var"}


def known_places() -> frozenset[str]:
    """Every file and folder by each end of its path, modules without their ending too."""
    ends = set()
    for top in ROOT.iterdir():
        if top.name in SKIPPED:
            continue
        for path in [top, *top.rglob("*")] if top.is_dir() else [top]:
            for named in {path, path.with_suffix("") if path.suffix == ".py" else path}:
                parts = named.relative_to(ROOT).parts
                ends.update("/".join(parts[at:]) for at in range(len(parts)))
    return frozenset(ends)


KNOWN = known_places()


def is_there(path: str) -> bool:
    """Whether a path names a file, a folder, or something in a module: `room/module.name`."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return path.rstrip("/") in KNOWN or (
        not name.endswith(".py") and f"{folder}/{name.split('.')[0]}" in KNOWN
    )


def pointers(document: Path) -> list[tuple[str, str]]:
    """What a document names in code, as it is written and as a path."""
    found = []
    for written in CODE.findall(document.read_text("utf-8")):
        if PATH.fullmatch(written) and not written.startswith(NO_FILE_OF_OURS):
            found.append((written, written))
        elif MODULE.fullmatch(written):
            *rooms, name = written.split(".")
            found.append((written, f"{'/'.join(rooms)}/{name}"))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_points_to_is_there(document: Path) -> None:
    stale = [
        written
        for written, path in pointers(document)
        if (document.name, written) not in GONE
        # The last part of a dotted name may be a name in its module.
        and not is_there(path)
        and not ("/" not in written and is_there(path.rpartition("/")[0]))
    ]
    assert stale == [], "Name them as they are called now."
