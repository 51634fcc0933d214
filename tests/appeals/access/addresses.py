"""Every address of appeals, collected from the URLconf, so that a new view is tested too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from appeals.models import Case

MISSING = "A-1999-9999"


@dataclass(frozen=True)
class Address:
    """A named address, and what it takes."""

    name: str
    takes: frozenset[str]

    def __str__(self) -> str:
        return self.name

    def of(self, case: Case | None, act: str = "note") -> str:
        """The address for a case, or for a number that does not exist."""
        document = case.documents.first() if case else None
        values: dict[str, Any] = {
            "number": case.number if case else MISSING,
            "act": act,
            "pk": document.pk if document else 1,
            "place": 1,
        }
        return reverse(self.name, kwargs={name: values[name] for name in self.takes})


def addresses() -> list[Address]:
    """All of them, by name."""
    return sorted(set(_walk(get_resolver(), "")), key=str)


def _walk(resolver: URLResolver, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            below = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, below)
        elif pattern.name and _is_ours(pattern):
            takes = frozenset(pattern.pattern.regex.groupindex)
            yield Address(f"{namespace}{pattern.name}", takes)


def _is_ours(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return view.__module__.startswith("appeals.") or str(pattern.name).startswith("appeals_")
