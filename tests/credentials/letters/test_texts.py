"""Texts with placeholders: what is filled in, what is left out, what is refused."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from credentials.message_templates.occasions import in_words, occasions
from credentials.message_templates.placeholders import as_text, fill_lines, fill_sections
from credentials.models.message_templates import supplied_text
from credentials.models.message_texts import TEXTS

WORDS = {"title": "Care", "reasons": "It is {needed}.\n## Not a heading", "vote": ""}


def test_a_line_without_words_is_left_out() -> None:
    text = "“{title}”\nVote: {vote}\n\n{vote}\n\nRead it."
    assert fill_lines(text, WORDS) == "“Care”\n\nRead it."


def test_a_heading_under_which_nothing_stands_is_left_out() -> None:
    found = list(fill_sections("Hello.\n## Vote\n{vote}\n## Reasons\n{reasons}", WORDS))
    assert [section["heading"] for section in found] == ["", "Reasons"]


def test_what_is_filled_in_makes_neither_headings_nor_placeholders() -> None:
    (section,) = fill_sections("## Reasons\n{reasons}", WORDS)
    assert section["text"] == WORDS["reasons"]
    assert as_text([section]) == f"Reasons\n{WORDS['reasons']}"


@pytest.mark.parametrize("key", occasions())
def test_the_supplied_text_of_every_occasion_stands_its_own_test(key: str) -> None:
    text = supplied_text(occasions()[key])
    text.clean()
    words = in_words(occasions()[key].example)
    for language in ("en", "fr"):
        sections = list(fill_sections(getattr(text, f"body_{language}"), words))
        assert sections, key
        assert "{" not in as_text(sections) + fill_lines(
            getattr(text, f"subject_{language}"), words
        )


@pytest.mark.parametrize("field", TEXTS)
def test_an_unknown_placeholder_is_refused_by_its_field_with_those_that_there_are(
    field: str,
) -> None:
    text = supplied_text(occasions()["stage"])
    setattr(text, field, f"{getattr(text, field)} {{fee}}")
    with pytest.raises(ValidationError) as refused:
        text.clean()
    assert refused.value.message_dict == {
        field: [
            "{fee} is not known in this letter. Use: {contact}, {institution}, {stage}, {title}.",
        ]
    }


@pytest.mark.parametrize(
    "fact", ["title", "outcome", "decider", "instrument", "policy_version", "clauses", "reasons"]
)
def test_a_letter_cannot_leave_out_by_what_a_decision_binds(fact: Any) -> None:
    text = supplied_text(occasions()["letter_declined"])
    text.body_fr = text.body_fr.replace(f"{{{fact}}}", "…")
    with pytest.raises(ValidationError) as refused:
        text.clean()
    assert refused.value.message_dict == {
        "body_fr": [f"This letter has to say {{{fact}}}. Put it into the text."]
    }
