"""The French is complete, current and safe: nothing missing, no placeholder lost, compiled."""

import re

import pytest
from babel.messages.catalog import Message

from config.translations import SOURCES, AppCatalogue, compiled, untranslated

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]")
MARKUP = re.compile(r"<[^>]+>")
REMEDY = "run `make messages` and translate what it names"

pytestmark = pytest.mark.parametrize("app", SOURCES)


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def messages(app: str) -> list[Message]:
    return [message for message in AppCatalogue(app).read() if message.id]


def test_the_catalogue_has_the_texts_that_the_sources_have(app: str) -> None:
    catalogue = AppCatalogue(app)
    kept = {(str(message.id), message.context) for message in messages(app)}
    wanted = {(str(m.id), m.context) for m in catalogue.updated() if m.id}
    assert kept == wanted, REMEDY


def test_every_text_is_translated(app: str) -> None:
    assert untranslated(AppCatalogue(app).read()) == [], REMEDY


def test_placeholders_and_markup_survive_translation(app: str) -> None:
    for message in messages(app):
        for pattern in (PLACEHOLDER, MARKUP):
            # The last of the original's forms is the one whose placeholders all forms may use.
            expected = sorted(pattern.findall(forms(message.id)[-1]))
            for text in forms(message.string):
                assert sorted(pattern.findall(text)) == expected, message.id


def test_what_django_reads_is_what_translators_wrote(app: str) -> None:
    catalogue = AppCatalogue(app)
    assert catalogue.mo.read_bytes() == compiled(catalogue.read()), REMEDY


def test_french_punctuation_does_not_break_at_line_ends(app: str) -> None:
    for message in messages(app):
        for text in forms(message.string):
            assert not re.search(r"« | »|\w :(?!:)", text), text
