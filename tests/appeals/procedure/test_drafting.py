"""From a draft to a version in force: what is wrong with it is said, and its day (AP-2)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.adoption import bring_into_force, draft_from, unfinished
from appeals.models import Ground, LetterTemplate, Procedure, ProcedureStep, Step
from appeals.rules.letter_text import LetterKind
from credentials.message_templates.placeholders import fill

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

TOMORROW = datetime.timedelta(days=1)


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back unchanged from an editing page."""
    form = page.context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        data[bound.html_name] = bound.value() if bound.value() is not None else ""
    for formset in form.formsets.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
        for row in formset.forms:
            for bound in row:
                value = bound.value()
                data[bound.html_name] = "" if value in (None, False) else value
    return {name: ("on" if value is True else value) for name, value in data.items() if value != ""}


def test_a_draft_begins_as_its_version_is_and_applies_to_nobody(
    draft: Procedure, in_force: Procedure
) -> None:
    assert Procedure.objects.in_force().get() == in_force
    assert draft.based_on == in_force
    assert draft.time_limit == in_force.time_limit
    for name in ("grounds", "steps", "letters"):
        fields = [
            field.name
            for field in getattr(draft, name).model._meta.concrete_fields
            if field.name not in ("id", "procedure")
        ]
        mine, theirs = (
            list(getattr(version, name).values_list(*fields)) for version in (draft, in_force)
        )
        assert mine == theirs
    assert list(unfinished(draft)) == []


def test_a_version_takes_force_on_its_day(
    draft: Procedure, in_force: Procedure, office: Any
) -> None:
    day = timezone.localdate() + 10 * TOMORROW
    adoption = bring_into_force(draft, day, office)
    assert adoption.adopted_by_name == "Office"
    assert Procedure.objects.in_force(day - TOMORROW).get() == in_force
    assert Procedure.objects.in_force(day).get() == draft


def test_of_two_versions_for_one_day_the_later_one_is_in_force(
    draft: Procedure, in_force: Procedure, office: Any
) -> None:
    day = timezone.localdate()
    second = draft_from(in_force, office, "A correction")
    bring_into_force(draft, day, office)
    bring_into_force(second, day, office)
    assert list(Procedure.objects.in_force(day)) == [second]


def test_a_version_takes_force_once_and_not_in_the_past(draft: Procedure, office: Any) -> None:
    with pytest.raises(ValidationError, match="Choose today or a later day"):
        bring_into_force(draft, timezone.localdate() - TOMORROW, office)
    bring_into_force(draft, timezone.localdate(), office)
    with pytest.raises(ValidationError, match="begin a new draft"):
        bring_into_force(draft, timezone.localdate(), office)


def test_what_an_unfinished_draft_lacks_is_said(draft: Procedure, office: Any) -> None:
    draft.grounds.all().delete()
    ProcedureStep.objects.filter(procedure=draft, key=Step.REVIEW).delete()
    LetterTemplate.objects.filter(procedure=draft, kind=LetterKind.UPHELD).delete()
    LetterTemplate.objects.filter(procedure=draft, kind=LetterKind.DISMISSED).update(body_fr="Non")
    sentences = " ".join(unfinished(draft))
    for expected in (
        "It has no ground",
        "Steps are missing: Review",
        "Letters are missing: Decision: upheld",
        "Decision: dismissed: This letter has to say {reasons}",
    ):
        assert expected in sentences
    with pytest.raises(ValidationError, match="It has no ground"):
        bring_into_force(draft, timezone.localdate(), office)
    assert not draft.is_adopted


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{reasons} {appelant}", "{appelant} is not known in this letter"),
        ("{reasons} {deadline}", "{deadline} is not known in this letter"),
        ("{reasons} {number.__class__}", "is not known in this letter"),
        ("Dear {appellant}", "has to say {reasons}"),
    ],
)
def test_a_letter_uses_only_the_placeholders_it_knows(
    draft: Procedure, text: str, sentence: str
) -> None:
    letter = draft.letters.get(kind=LetterKind.DISMISSED)
    letter.body_en = text
    with pytest.raises(ValidationError, match="body_en") as caught:
        letter.full_clean()
    assert sentence in " ".join(caught.value.message_dict["body_en"])


def test_what_is_filled_into_a_letter_is_not_looked_through_again() -> None:
    values = {"appellant": "{reasons}", "reasons": "{appellant}"}
    assert fill("Dear {appellant}: {reasons}", values) == "Dear {reasons}: {appellant}"
    with pytest.raises(KeyError):
        fill("{deadline}", values)


def test_the_office_edits_a_draft_in_the_admin(as_office: Client, draft: Procedure) -> None:
    url = reverse("appeal_procedure:edit", args=[draft.pk])
    data = form_of(as_office.get(url))
    data |= {"time_limit": "15", "cut_off": "17:30:00", "grounds-0-name_en": "Fresh evidence"}
    response = as_office.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    draft.refresh_from_db()
    assert draft.time_limit == 15
    assert draft.cut_off == datetime.time(17, 30)
    assert draft.grounds.first().name_en == "Fresh evidence"
    assert draft.steps.count() == len(Step)
    assert draft.history.count() == 2
    assert Ground.history.filter(name_en="Fresh evidence").exists()


def test_the_history_says_who_changed_what_in_a_draft(as_office: Client, draft: Procedure) -> None:
    url = reverse("appeal_procedure:edit", args=[draft.pk])
    data = form_of(as_office.get(url))
    as_office.post(url, data | {"time_limit": "15", "grounds-0-name_en": "Fresh evidence"})
    history = as_office.get(reverse("appeal_procedure:history", args=[draft.pk]))
    found = {
        (edit.by, edit.what, change.field, change.before, change.after)
        for edit in history.context["edits"]
        for change in edit.changes
    }
    assert found == {
        ("Office", "", "Time to appeal, in working days", "10", "15"),
        (
            "Office",
            "Ground “Fresh evidence”",
            "Name in English",
            "New evidence",
            "Fresh evidence",
        ),
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("time_limit", "0", "greater than or equal to 1"),
        ("time_zone", "Toronto", "is no time zone. Write one such as America/Toronto"),
        ("label", "Appeal procedures 2023-11", "A version of that label exists"),
        ("grounds-1-key", "new-evidence", "correct the duplicate"),
        ("title_fr", "", "This field is required"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_at_its_field(
    as_office: Client, draft: Procedure, name: str, value: str, sentence: str
) -> None:
    url = reverse("appeal_procedure:edit", args=[draft.pk])
    response = as_office.post(url, form_of(as_office.get(url)) | {name: value})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    draft.refresh_from_db()
    assert draft.history.count() == 1


def test_a_version_in_force_is_not_edited(
    as_office: Client, in_force: Procedure, draft: Procedure
) -> None:
    letter = in_force.letters.first()
    for name, args in (("edit", []), ("delete", []), ("adopt", []), ("letter", [letter.pk])):
        url = reverse(f"appeal_procedure:{name}", args=[in_force.pk, *args])
        for response in (as_office.get(url), as_office.post(url, {})):
            assert response["Location"] == reverse("wagtailadmin_home")
    # A letter of another version does not come through a draft's address.
    mixed = reverse("appeal_procedure:letter", args=[draft.pk, letter.pk])
    assert as_office.get(mixed).status_code == 404


def test_a_letter_is_edited_and_a_draft_deleted(as_office: Client, draft: Procedure) -> None:
    letter = draft.letters.get(kind=LetterKind.CLOSED)
    url = reverse("appeal_procedure:letter", args=[draft.pk, letter.pk])
    page = as_office.get(url)
    assert "{retain_until}" in page.content.decode()
    response = as_office.post(url, form_of(page) | {"subject_en": "It is over, {appellant}"})
    assert response.status_code == 302
    letter.refresh_from_db()
    assert letter.subject_en == "It is over, {appellant}"
    as_office.post(reverse("appeal_procedure:delete", args=[draft.pk]))
    assert not Procedure.objects.filter(pk=draft.pk).exists()


def test_a_draft_from_which_another_was_begun_is_kept(
    as_office: Client, office: Any, draft: Procedure
) -> None:
    later = draft_from(draft, office, "Another")
    url = reverse("appeal_procedure:delete", args=[draft.pk])
    page = as_office.post(url, follow=True).content.decode()
    assert "Other drafts are based on this one. Delete them first." in page
    as_office.post(reverse("appeal_procedure:delete", args=[later.pk]))
    as_office.post(url)
    assert not Procedure.objects.drafts().exists()


def test_bringing_into_force_shows_what_changes_and_asks(
    as_office: Client, draft: Procedure
) -> None:
    draft.time_limit = 15
    draft.save()
    url = reverse("appeal_procedure:adopt", args=[draft.pk])
    page = as_office.get(url).content.decode()
    assert "Time to appeal" in page
    today = timezone.localdate().isoformat()
    refused = as_office.post(url, {"in_force_from": today})
    assert "Confirm that it cannot be undone." in refused.content.decode()
    late = as_office.post(url, {"in_force_from": "2024-01-01", "understood": "on"})
    assert "Choose today or a later day." in late.content.decode()
    assert not Procedure.objects.get(pk=draft.pk).is_adopted
    assert as_office.post(url, {"in_force_from": today, "understood": "on"}).status_code == 302
    assert Procedure.objects.in_force().get() == draft


def test_the_preview_shows_both_versions_day_by_day(
    as_office: Client, draft: Procedure, in_force: Procedure
) -> None:
    draft.time_limit = 5
    draft.cut_off = datetime.time(12)
    draft.save()
    url = reverse("appeal_procedure:preview", args=[draft.pk])
    page = as_office.get(url, {"received_on": "2026-09-03", "received_at": "13:00"})
    first, second = page.context["previews"]
    assert first.deadline.at.isoformat() == "2026-09-14T12:00:00-04:00"
    assert second.deadline.at.isoformat() == "2026-09-18T16:00:00-04:00"
    text = page.content.decode()
    for expected in ("after the cut-off", "holiday (Labour Day)", "Under the version in force"):
        assert expected in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"received_on": "nonsense"}, "Enter a valid date"),
        (
            {"received_on": "2026-09-03", "received_at": "13:00", "decided_on": "2026-09-04"},
            "taken",
        ),
        ({"received_on": "9999-12-31", "received_at": "13:00"}, "within 20 years"),
    ],
)
def test_a_preview_of_an_impossible_decision_says_so(
    as_office: Client, draft: Procedure, query: dict[str, str], sentence: str
) -> None:
    page = as_office.get(reverse("appeal_procedure:preview", args=[draft.pk]), query)
    assert page.status_code == 200
    assert page.context["previews"] == []
    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("index", 15),
        ("version", 18),
        ("preview", 19),
        ("changes", 18),
        ("adopt", 21),
        ("edit", 20),
        ("history", 18),
    ],
)
def test_the_pages_ask_few_questions_however_many_versions_there_are(
    as_office: Client,
    office: Any,
    draft: Procedure,
    django_assert_max_num_queries: Callable[..., Any],
    name: str,
    budget: int,
) -> None:
    for number in range(5):
        draft_from(draft, office, f"Another {number}")
    url = reverse(f"appeal_procedure:{name}", args=[] if name == "index" else [draft.pk])
    as_office.get(url)
    with django_assert_max_num_queries(budget):
        assert as_office.get(url).status_code == 200


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_versions_are_exported(as_office: Client, draft: Procedure, extension: str) -> None:
    response = as_office.get(reverse("appeal_procedure:export", args=[extension]))
    assert response.status_code == 200
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    if extension == "csv":
        assert draft.label in body.decode()
        assert "2023-11-28" in body.decode()
