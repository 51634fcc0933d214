"""Every address of the site as the URLconf has it, so that a new one is tested too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from wagtail_modeladmin.options import ModelAdmin


@dataclass(frozen=True)
class Address:
    """A pattern with the namespaces that it stands in."""

    pattern: URLPattern
    namespaces: tuple[str, ...]

    @property
    def name(self) -> str:
        return ":".join((*self.namespaces, self.pattern.name or ""))

    @property
    def view(self) -> Any:
        """What answers, without what is wrapped around it."""
        return unwrapped(self.pattern.callback)

    @property
    def view_class(self) -> type | None:
        """The class of the view, a register's own for those of modeladmin."""
        found = getattr(self.pattern.callback, "view_class", None)
        register = self.register
        if found is None and register is not None:
            found = getattr(register, f"{self.view.__name__}_class", None)
        return found

    @property
    def register(self) -> ModelAdmin | None:
        """The modeladmin that answers, if it is one."""
        owner = getattr(self.view, "__self__", None)
        return owner if isinstance(owner, ModelAdmin) else None

    def of(self, **values: Any) -> str | None:
        """The address with those of the values that it takes; None when one is missing."""
        takes = {name for _text, names in self._forms() for name in names}
        try:
            return reverse(self.name, kwargs={name: values[name] for name in takes})
        except (KeyError, NoReverseMatch):
            return None

    def _forms(self) -> list[Any]:
        resolver: Any = get_resolver()
        for namespace in self.namespaces:
            resolver = resolver.namespace_dict[namespace][1]
        found = resolver.reverse_dict.getlist(self.pattern.name)
        return [form for forms, *_rest in found for form in forms]


def unwrapped(view: Any) -> Any:
    """The innermost of a view and its decorators."""
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def addresses() -> Iterator[Address]:
    """All that have a name."""
    return _walk(get_resolver().url_patterns, ())


def _walk(patterns: Any, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        if not isinstance(pattern, URLPattern):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name:
            yield Address(pattern, namespaces)
