"""What is filtered, sorted, counted and searched by, taken from a public document (law 6)."""

import datetime
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags

NO_DATE = datetime.date.max
NO_FEE = 9_999_999


def columns_of(document: dict[str, Any]) -> dict[str, Any]:
    """The values of an entry's columns; `NO_DATE` and `NO_FEE` stand for none and sort last."""
    starts = sorted(session["starts"] for session in document["sessions"])
    ends = sorted(session["ends"] or session["starts"] for session in document["sessions"])
    return {
        "slug": document["slug"],
        "title": document["title"],
        "title_key": title_key(document["title"]),
        "kind": document["kind"],
        "category": document["category"],
        "credit_basis": document["credit_basis"],
        "academic_unit": (document["academic_unit"] or {}).get("code", ""),
        "language": document["language"],
        "stackable": document["stacking"] is not None,
        "osap": document["osap_eligible"],
        "hours": document["hours"],
        "fee": float(document["fee"]["amount"]) if document["fee"] else NO_FEE,
        "starts": _date(starts[0]) if starts else NO_DATE,
        "ends": _date(ends[-1]) if ends else NO_DATE,
        "search_text": _search_text(document),
    }


def title_key(title: str) -> str:
    """Fold case and accents, so that titles sort as readers expect on every database."""
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))[:255]


def _search_text(document: dict[str, Any]) -> str:
    parts = [
        document["summary"],
        strip_tags(document["description_html"]),
        document["audience"],
        *(outcome["statement"] for outcome in document["outcomes"]),
        *(skill["name"] for skill in document["skills"]),
        *(block.get("title", "") for block in document["curriculum"]),
        *(partner["name"] for partner in document["partners"]),
    ]
    return "\n".join(part for part in parts if part)


def facets_of(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, value, label) for each value of a facet that may have several."""
    if unit := document["academic_unit"]:
        yield "academic_unit", unit["code"], unit["name"]
    for mode in document["delivery"]:
        yield "delivery", mode, mode
    for partner in {partner["name"] for partner in document["partners"]}:
        yield "partner", partner, partner
    for skill in {skill["id"]: skill["name"] for skill in document["skills"]}.items():
        yield "skill", skill[0], skill[1]
    for component in {c["id"]: c["title"] for c in _components(document)}.items():
        yield "component", component[0], component[1]
    for session in sorted({session["starts"] for session in document["sessions"]}):
        yield "starts", session, session


def _components(document: dict[str, Any]) -> list[dict[str, Any]]:
    return list((document["stacking"] or {}).get("components", []))


def _date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
