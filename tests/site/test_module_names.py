"""Two modules of one app bear one name only where that says that they belong together (ADR 57)."""

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("credentials", "workflows", "appeals", "home")

# A module in such a room may be called as what it stands beside is called elsewhere in its app.
PARALLEL = {
    "admin": "the pages of what a room does, a model is or a report counts",
    "models": "the rows that a room works with",
    "api": "the endpoints of what a room does",
    "api/schemas": "what an endpoint of that name promises",
    "policy": "what the policy asks of what a room or a field holds",
    "policy/rules": "the rules about the fields of that name",
    "verification": "the checks of what a room keeps",
    "management/commands": "the command that calls the room",
    "stages": "the kind of stage that a room decides at",
    "listeners": "what is told when a room acts",
    "reports": "the report that counts what a room keeps",
    "annual_report": "the part of the annual report that counts what a room keeps",
    "annual_report/formats": "the format in which the report is written",
    "meeting_papers": "the papers of what a meeting does",
    "acts": "the acts on what a room keeps",
}
# Each room may have its own of these.
OF_EACH_ROOM = {
    "urls": "Django's name for addresses",
    "forms": "Django's name for what is filled in",
    "refusals": "the errors by which a room refuses, each with a sentence that a person can act on",
}
# Pairs that differ in what they are about, and are as close as their names.
TOGETHER = {
    (
        "credentials",
        "agreements/mail",
        "mail",
    ): "messages of agreements, sent by what sends all",
    ("credentials", "private_links/tokens", "tokens"): "the secret of a link, and of the API",
}


def rooms_and_modules(app: str) -> list[str]:
    """Each module and each package of an app below its own folder, without its ending."""
    folder = ROOT / app
    found = (path.relative_to(folder) for path in folder.rglob("*.py"))
    names = {path.parent if path.stem == "__init__" else path.with_suffix("") for path in found}
    return sorted(str(path) for path in names if path.name and "migrations" not in path.parts)


def parallel_room(place: str) -> str:
    """The innermost parallel room that it lies in; empty in all others."""
    parents = (str(parent) for parent in Path(place).parents)
    return next((parent for parent in parents if parent in PARALLEL), "")


def is_meant(app: str, one: str, other: str) -> bool:
    """Whether two places may bear the same name."""
    if (app, *sorted((one, other))) in TOGETHER:
        return True
    rooms = parallel_room(one), parallel_room(other)
    # The rooms of the admin are built alike: each has its pages, its acts, its register.
    return rooms[0] != rooms[1] or rooms == ("admin", "admin")


@pytest.mark.parametrize("app", APPS)
def test_modules_of_one_name_stand_in_parallel_rooms(app: str) -> None:
    places = defaultdict(list)
    for place in rooms_and_modules(app):
        places[Path(place).name].append(place)
    confusing = [
        f"{one} and {other}"
        for name, of_one_name in places.items()
        if name not in OF_EACH_ROOM
        for one, other in combinations(of_one_name, 2)
        if not is_meant(app, one, other)
    ]
    assert confusing == [], "Rename one, or say in PARALLEL why the rooms are alike."


def test_every_room_declared_parallel_is_there() -> None:
    """What is declared and gone would let the next confusion pass."""
    rooms = {place for app in APPS for place in rooms_and_modules(app)}
    assert [room for room in PARALLEL if room not in rooms] == []
    assert [pair for pair in TOGETHER if not {*pair[1:]} <= set(rooms_and_modules(pair[0]))] == []
