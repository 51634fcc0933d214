"""PDF files that assistive technology can read, whatever people wrote in them (PDF/UA-1)."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from credentials.conf import conf
from tests.workflows.documents.reading import fonts_embedded, opened, roles, words
from workflows.documents.pdf import render_pdf
from workflows.meeting_papers.agenda import agenda_document
from workflows.meeting_papers.minutes import minutes_document
from workflows.models import AgendaItem, Meeting, MinutesDraft

pytestmark = pytest.mark.django_db

HOSTILE = (
    r'#read("/etc/passwd") $x^2$ \* _em_ *b* @ref <label> // no /* no */ [x] `raw` ~ -- "q" = h'
)


def document(template: str = "minutes", **values: Any) -> bytes:
    """Minutes or a letter with these values."""
    shape = {
        "title": "Minutes",
        "institution": "Lakeshore University",
        "language": "en",
        "mark": "",
        "closing": "",
        "page_label": "Page %(page)s of %(pages)s",
        "facts": [],
        "sections": [],
    }
    return render_pdf(template, shape | values)


def test_an_agenda_is_tagged_titled_and_in_a_stated_language(meeting: Meeting) -> None:
    pdf = opened(render_pdf("agenda", agenda_document(meeting)))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-CA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert str(meeting.committee) in metadata["dc:title"]
        assert metadata["dc:creator"] == [conf().INSTITUTION_NAME]
    assert str(pdf.Root.Outlines.First.Title).startswith("Agenda of the")


def test_an_agenda_has_headings_of_each_level_and_tables_with_header_cells(
    meeting: Meeting,
) -> None:
    found = roles(opened(render_pdf("agenda", agenda_document(meeting))))
    assert found["H1"] == 1
    assert found["H2"] >= 3  # members, consent, information
    assert found["H3"] == 2  # the items
    assert found["H4"] >= 4  # route, content, findings, decisions
    assert found["Table"] >= 3
    assert found["TH"] >= 10
    assert found["TD"] > found["TH"]


def test_all_fonts_are_inside_the_file(meeting: Meeting) -> None:
    embedded = fonts_embedded(opened(render_pdf("agenda", agenda_document(meeting))))
    assert embedded
    assert all(embedded)


def test_what_people_write_is_never_read_as_markup() -> None:
    sections = [{"heading": HOSTILE, "paragraphs": [HOSTILE]}]
    facts = [{"label": HOSTILE, "text": HOSTILE, "link": ""}]
    data = document(title=HOSTILE, sections=sections, facts=facts)
    found = words(data).replace(" ", "")  # wherever lines were broken
    assert found.count(HOSTILE.replace(" ", "")) == 5  # title, heading, label, fact, paragraph
    with opened(data).open_metadata() as metadata:
        assert metadata["dc:title"] == HOSTILE


def test_a_hostile_title_on_an_agenda_comes_out_literally(meeting: Meeting, proposal: Any) -> None:
    AgendaItem.objects.filter(meeting=meeting, offering=proposal.pk).update(title=HOSTILE)
    data = render_pdf("agenda", agenda_document(meeting))
    assert f"1. {HOSTILE}" in words(data)


def test_control_characters_and_marks_that_turn_the_direction_are_left_out() -> None:
    text = "a\x00b\x07c\u202ed\ud800e"
    assert "abcde" in words(document(sections=[{"heading": "", "paragraphs": [text]}]))


def test_french_accents_and_typographic_quotes_are_readable() -> None:
    text = "Procès-verbal : « à l’œuvre », “dès Noël” – où, ça ? ÀÉÈÊËÎÏÔÙÛÜŸÇŒÆ"
    data = document(language="fr", sections=[{"heading": "Été", "paragraphs": [text]}])
    assert text in words(data)
    assert str(opened(data).Root.Lang) == "fr-CA"


def test_a_character_that_no_font_has_is_named_instead_of_failing() -> None:
    data = document(title="Sign \U0001fbf0 and \U000110a5 \U0003ffff end")
    found = words(data)
    assert "Sign" in found
    assert "[U+3FFFF]" in found


def test_a_word_longer_than_the_page_is_wide_stays_on_it() -> None:
    data = document(sections=[{"heading": "", "paragraphs": ["m" * 300]}])
    assert "m" * 300 in words(data).replace(" ", "")
    assert len(opened(data).pages) == 1


def test_pages_are_numbered() -> None:
    lines = [f"Line {number}." for number in range(200)]
    data = document(sections=[{"heading": "Notes", "paragraphs": lines}])
    pages = len(opened(data).pages)
    assert pages > 1
    assert f"Page 2 of {pages}" in words(data)


def test_the_language_of_the_reader_is_that_of_the_document(meeting: Meeting) -> None:
    with translation.override("fr"):
        shape = agenda_document(meeting)
    assert shape["language"] == "fr"
    assert str(opened(render_pdf("agenda", shape)).Root.Lang) == "fr-CA"


def test_an_empty_agenda_says_so(seats: Any, meeting: Meeting) -> None:
    meeting.items.all().delete()
    assert "The agenda is empty." in words(render_pdf("agenda", agenda_document(meeting)))


def test_an_agenda_of_forty_items_is_set(meeting: Meeting) -> None:
    for number in range(38):
        AgendaItem.objects.create(
            meeting=meeting, position=number + 5, title=f"Matter {number}", note="To be heard."
        )
    data = render_pdf("agenda", agenda_document(meeting))
    assert roles(opened(data))["H3"] == 40
    assert "40. Report of the chair" in words(data)


def test_a_draft_of_minutes_says_that_it_is_one(meeting: Meeting) -> None:
    sections = [{"heading": "Attendance", "text": "Ada from 9:00\n\nBo from 9:05"}]
    draft = MinutesDraft.objects.create(meeting=meeting, sections=sections)
    found = words(render_pdf("minutes", minutes_document(draft)))
    assert "DRAFT: not confirmed" in found
    assert "Ada from 9:00 Bo from 9:05" in found


def test_the_end_of_a_meeting_is_given_with_its_day_only_when_it_is_another(
    meeting: Meeting,
) -> None:
    meeting.starts_at = datetime.datetime(2027, 3, 3, 19, tzinfo=datetime.UTC)
    meeting.ends_at = meeting.starts_at + datetime.timedelta(hours=2)
    when = next(f["text"] for f in agenda_document(meeting)["facts"] if f["label"] == "Date")
    local = timezone.localtime(meeting.ends_at)
    assert when.count("2027") == 1
    assert f"{local:%-I} p.m." in when
