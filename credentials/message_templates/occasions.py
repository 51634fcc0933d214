"""Occasions on which a letter or a notice is sent: what its text may say, and the supplied text.

An app registers a Wagtail hook, `register_message_occasions`, that returns its occasions. Words
of a supplied text stand in a data file of the app.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from credentials.changing_records import words_of
from credentials.conf import conf

HOOK = "register_message_occasions"
EXAMPLES_HOOK = "find_message_examples"

Words = str | Promise
# What is filled in, by placeholder: a value, or a call that gives it in the active language.
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Placeholder:
    """What stands for it, for those who write the texts, and an example of it."""

    meaning: Words
    example: Any


@dataclass(frozen=True)
class Occasion:
    """One occasion; `needed` are the placeholders that its text may not leave out.

    `texts` has the supplied subject_en, body_en, subject_fr and body_fr.
    """

    key: str
    name: Words
    group: Words
    placeholders: Mapping[str, Placeholder]
    needed: frozenset[str]
    texts: Mapping[str, str]

    @property
    def example(self) -> dict[str, Any]:
        """Facts of an example."""
        return {name: one.example for name, one in self.placeholders.items()}

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that its text may use."""
        return frozenset(self.placeholders)


@dataclass(frozen=True)
class Example:
    """Facts of something that really happened, to try a text on; `name` says of what."""

    name: str
    facts: Facts


# What every text may use.
COMMON = {
    "institution": Placeholder(_("the institution’s name"), lambda: conf().INSTITUTION_NAME),
    "contact": Placeholder(_("the address for questions"), lambda: conf().CONTACT_EMAIL),
}


def occasions() -> dict[str, Occasion]:
    """Every app's occasions by key, in the order of their hooks; ValueError for a key twice."""
    found: list[Occasion] = [one for register in hooks.get_hooks(HOOK) for one in register()]
    by_key = {one.key: one for one in found}
    if len(by_key) < len(found):
        raise ValueError("Two occasions of letters and notices have one key. Rename one of them.")
    return by_key


def examples_for(occasion: str, user: Any) -> Iterator[Example]:
    """What apps can show a text on that has really happened, as far as this person may read it."""
    for find in hooks.get_hooks(EXAMPLES_HOOK):
        yield from find(occasion, user)


def in_words(facts: Facts) -> dict[str, str]:
    """Facts as texts show them in the active language; empty where there is nothing to say."""
    known = {name: one.example for name, one in COMMON.items()} | dict(facts)
    called = {name: fact() if callable(fact) else fact for name, fact in known.items()}
    return {name: "" if fact is None else words_of(fact) for name, fact in called.items()}


def read_texts(path: Path) -> dict[str, dict[str, str]]:
    """The texts of a data file by key, without what surrounds them."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        key: {name: text.strip("\n") for name, text in texts.items()}
        for key, texts in found.items()
    }
