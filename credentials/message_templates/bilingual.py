"""Texts that are kept in English and in French."""

from typing import Any, overload

from django.utils.translation import get_language

LANGUAGES = ("en", "fr")


def active_language() -> str:
    """The active language, if texts are kept in it; English otherwise."""
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else LANGUAGES[0]


class Bilingual:
    """Reads `name_en` or `name_fr`, as the active language asks; the other one where it is empty.

    `title = Bilingual()` beside fields `title_en` and `title_fr`.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, row: None, owner: type) -> "Bilingual": ...
    @overload
    def __get__(self, row: object, owner: type) -> str: ...
    def __get__(self, row: Any, owner: type) -> "Bilingual | str":
        if row is None:
            return self
        first = active_language()
        texts = (getattr(row, f"{self.name}_{language}") for language in (first, *LANGUAGES))
        return next((text for text in texts if text), "")
