"""The refusal of a request that no view is to see, and the marks by which views take part."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

ViewT = TypeVar("ViewT", bound=Callable[..., Any])


class Refused(Exception):
    """Answered with a status and a sentence; `name` is the field, parameter or member at fault."""

    def __init__(self, status: HTTPStatus, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.name = status, sentence, name


def judges_size(view: ViewT) -> ViewT:
    """Mark a view that says in its own words that a request is too large, before it is read."""
    view.judges_size = True  # type: ignore[attr-defined]
    return view
