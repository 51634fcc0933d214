"""Law 2: rich text is what it says, whoever wrote it and however the editor marks it up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from credentials.models.offerings.blocks import TEXT_FEATURES
from credentials.record.content import content_of, freeze, frozen_again, sha256
from credentials.record.rich_text import said
from tests.factories import CourseFactory
from tests.lifecycle import revise
from tests.proposals import draft, edit
from workflows.deciding.position import route_of
from workflows.proposals.redline import redline

FEATURES = [*TEXT_FEATURES, "h2", "h3"]

WORDS = st.text(alphabet='abé &<>\xa0’"', min_size=1, max_size=12)


def marked(words: str) -> Any:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return st.sampled_from([escaped, f"<b>{escaped}</b>", f"<em>{escaped}</em>"])


RUNS = st.lists(WORDS.flatmap(marked), max_size=4).map("".join)
BLOCKS = st.one_of(
    RUNS.map(lambda text: f"<p>{text}</p>"),
    RUNS.map(lambda text: f"<h2>{text}</h2>"),
    st.lists(RUNS, max_size=3).map(
        lambda items: "<ul>" + "\n".join(f"<li>{item}</li>" for item in items) + "</ul>"
    ),
    st.just('<p><a href="https://example.org/">there</a> and <strong>here</strong></p>'),
)
TEXTS = st.lists(BLOCKS, max_size=4).map("\n".join)


def through_the_editor(html: str) -> str:
    """What is saved when somebody opens a text in the editor and saves it untouched."""
    converter = ContentstateConverter(features=FEATURES)
    return str(converter.to_database_format(converter.from_database_format(html)))


@given(TEXTS)
def test_opening_and_saving_a_text_changes_nothing_that_it_says(html: str) -> None:
    edited = through_the_editor(html)
    assert said(edited) == said(html)
    assert "data-block-key" not in said(edited)


@given(TEXTS)
def test_the_one_form_of_a_text_is_its_own_form(html: str) -> None:
    assert said(said(html)) == said(html)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Two</p>", "<p>Two words</p>"),
        ("<p>Two words</p>", "<p>Two <b>words</b></p>"),
        ("<p>One</p><p>Two</p>", "<p>One Two</p>"),
        ("<ul><li>One</li></ul>", "<ol><li>One</li></ol>"),
        ('<p><a href="https://a.example/">x</a></p>', '<p><a href="https://b.example/">x</a></p>'),
        ("<h2>One</h2>", "<h3>One</h3>"),
    ],
)
def test_other_words_marks_and_links_are_another_text(one: str, other: str) -> None:
    assert said(one) != said(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Loose text", '<p data-block-key="k1">Loose text</p>'),
        ('<p class="b" id="a">x</p>', '<p id="a" class="b">x</p>'),
        ("<p>a&nbsp;b</p>", "<p>a\xa0b</p>"),
        ("<p><strong>x</strong></p>", "<p><b>x</b></p>"),
        ("<p></p>", ""),
    ],
)
def test_the_same_text_written_otherwise_is_the_same(one: str, other: str) -> None:
    assert said(one) == said(other)


def with_keys(html: str) -> str:
    return html.replace("<p>", '<p data-block-key="k9fds">')


@pytest.mark.django_db
def test_a_fee_changed_in_the_editor_stays_an_editorial_change(root: Any) -> None:
    """What was published came from an import: the editor gives each of its paragraphs a key."""
    course = CourseFactory(parent=root, admission_requirements="<p>None.</p>", life="live")
    page = edit(
        course,
        fee=510,
        description=with_keys(course.description),
        admission_requirements=with_keys(course.admission_requirements),
    )
    route = route_of(draft(course))
    assert route is not None and route.key == "editorial"
    head = course.versions.get()
    rows = list(redline(type(page), head.approval.frozen_content, freeze(page).content))
    assert [row.label for row in rows] == ["Fee"]


@pytest.mark.django_db
def test_what_was_hashed_by_the_first_rules_is_compared_by_what_it_says(root: Any) -> None:
    course = CourseFactory(parent=root, description=with_keys("<p>What it covers.</p>"))
    first = freeze(course, rules=1)
    assert first.content == content_of(course)
    assert first.content_hash == sha256(content_of(course))
    assert first.content_hash != freeze(course).content_hash
    assert frozen_again(first.canonical).content_hash == freeze(course).content_hash


@pytest.mark.django_db
def test_a_published_text_holds_no_keys_of_the_editor(root: Any) -> None:
    course = CourseFactory(parent=root, life="live")
    revise(course, description=with_keys("<p>Other words.</p>"))
    document = course.versions.latest("number").public_document
    assert document["description_html"] == "<p>Other words.</p>"
