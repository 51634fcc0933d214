"""The owner writes the next version of the policy in the admin, and adopts it (SC-3, PO-1)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from credentials.compliance import what_if
from credentials.compliance.adoption import draft_from
from credentials.compliance.policies import policy_in_force, terms_of
from credentials.models import ClauseStanding, PolicyVersion, WhatIf
from tests.factories import CourseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.clause("SC-3")]


def rule_data(rule: Any, **changes: Any) -> dict[str, Any]:
    """A rule's row as the form posts it."""
    names = ("rule", "severity", "kinds", "field", "terms")
    values = {name: getattr(rule, name) for name in names}
    number = "" if rule.number is None else rule.number
    return {"id": rule.pk or "", **values, "number": number, **changes}


def clause_data(clause: Any, rules: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """A clause as the form posts it."""
    names = ("number", "part", "heading", "summary", "obligation", "home")
    existing = sum(1 for rule in rules if rule.get("id"))
    values = {name: getattr(clause, name) for name in names}
    formset = inline_formset(rules, initial=existing)
    return nested_form_data({**values, **changes, "rules": formset})


def adopt_data(day: datetime.date) -> dict[str, str]:
    """The form of adoption, confirmed."""
    return {"in_force_from": day.isoformat(), "understood": "on"}


def test_a_draft_begins_with_all_that_is_in_force(as_owner: Client) -> None:
    version = policy_in_force()
    as_owner.post(reverse("policy:new_draft", args=[version.pk]), {"label": "ACD 1532 (2027)"})
    draft = PolicyVersion.objects.get(label="ACD 1532 (2027)")
    assert draft.based_on == version
    assert terms_of(draft).rules == terms_of(version).rules


def test_a_label_that_is_taken_is_refused(as_owner: Client) -> None:
    version = policy_in_force()
    url = reverse("policy:new_draft", args=[version.pk])
    assert "Choose another" in as_owner.post(url, {"label": version.label}).content.decode()
    assert PolicyVersion.objects.count() == 1


def test_the_owner_changes_what_a_rule_is_told(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    clause = policy_draft.clauses.get(number="SH-3")
    rule = clause.rules.get(rule="review-due")
    url = reverse("policy:edit_clause", args=[policy_draft.pk, clause.pk])
    response = as_owner.post(
        url, clause_data(clause, [rule_data(rule, number=24)], heading="Reviewed sooner")
    )
    assert response.status_code == 302
    clause.refresh_from_db()
    assert clause.heading == "Reviewed sooner"
    assert clause.rules.get(rule="review-due").number == 24


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "This rule needs a figure."),
        ({"terms": "anything"}, "This rule does not use it. Leave it empty."),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_the_reason(
    as_owner: Client, policy_draft: PolicyVersion, changes: dict[str, Any], sentence: str
) -> None:
    clause = policy_draft.clauses.get(number="SH-3")
    rule = clause.rules.get(rule="review-due")
    url = reverse("policy:edit_clause", args=[policy_draft.pk, clause.pk])
    page = as_owner.post(url, clause_data(clause, [rule_data(rule, **changes)])).content.decode()
    assert sentence in page
    rule.refresh_from_db()
    assert rule.number == 36


def test_the_owner_adds_a_clause_with_its_rule(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    like = policy_draft.clauses.get(number="PA-1")
    rule = rule_data(like.rules.get(), id="", field="contact_email")
    url = reverse("policy:add_clause", args=[policy_draft.pk])
    refused = as_owner.post(url, clause_data(like, [rule], number="PA-12"))
    assert "Name the field that must be filled" in refused.content.decode()
    rule["field"] = "audience"
    as_owner.post(url, clause_data(like, [rule], number="PA-12", heading="Audience"))
    clause = policy_draft.clauses.get(number="PA-12")
    assert clause.rules.get().field == "audience"
    assert clause == policy_draft.clauses.last()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("PA-1", "There is a clause PA-1 already"), ("no number", "such as MC-4")],
)
def test_a_clause_needs_a_number_of_its_own(
    as_owner: Client, policy_draft: PolicyVersion, number: str, sentence: str
) -> None:
    like = policy_draft.clauses.get(number="PA-2")
    url = reverse("policy:add_clause", args=[policy_draft.pk])
    page = as_owner.post(url, clause_data(like, [], number=number)).content.decode()
    assert sentence in page


def test_the_owner_deletes_a_clause_of_the_draft_alone(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    clause = policy_draft.clauses.get(number="MC-4")
    as_owner.post(reverse("policy:delete_clause", args=[policy_draft.pk, clause.pk]))
    assert not policy_draft.clauses.filter(number="MC-4").exists()
    assert policy_in_force().clauses.filter(number="MC-4").exists()


def test_a_clause_of_another_version_is_not_found_under_a_draft(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    foreign = policy_in_force().clauses.get(number="MC-4")
    url = reverse("policy:delete_clause", args=[policy_draft.pk, foreign.pk])
    assert as_owner.post(url).status_code == 404
    assert policy_in_force().clauses.filter(number="MC-4").exists()


def test_differences_are_told_in_words(
    as_editor: Client, policy_draft: PolicyVersion, rules_of: Callable[..., Any]
) -> None:
    policy_draft.clauses.filter(number="PA-1").update(heading="Aims")
    policy_draft.clauses.get(number="PA-11").delete()
    rules_of("MC-4", "mastery").update(severity="advice")
    rules_of("SH-3", "review-due").update(number=24)
    page = as_editor.get(reverse("policy:changes", args=[policy_draft.pk])).content.decode()
    assert "to “Aims”" in page
    assert "from “Holds up submission” to “Advice: holds up nothing”" in page
    assert "(figure): from “36” to “24”" in page
    assert "Approved on: emptied, which was “2023-11-28”" in page
    assert "Removed" in page
    assert "Its rules are no longer asked of any offering." in page


def test_adopting_without_a_trial_is_warned_of(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    url = reverse("policy:adopt", args=[policy_draft.pk])
    assert "Run one first" in as_owner.get(url).content.decode()
    what_if.run(what_if.begin(policy_draft, None).pk)
    page = as_owner.get(url).content.decode()
    assert "Run one first" not in page
    assert "Read its report" in page


def test_adopting_needs_the_owners_word_and_a_day_that_has_not_passed(
    as_owner: Client, policy_draft: PolicyVersion, approve_today: Callable[..., datetime.date]
) -> None:
    today = approve_today(policy_draft)
    url = reverse("policy:adopt", args=[policy_draft.pk])
    page = as_owner.post(url, {"in_force_from": today.isoformat()}).content.decode()
    assert "Confirm that it cannot be undone." in page
    yesterday = today - datetime.timedelta(days=1)
    assert "That day has passed" in as_owner.post(url, adopt_data(yesterday)).content.decode()
    assert not PolicyVersion.objects.drafts().exclude(pk=policy_draft.pk).exists()
    assert policy_in_force() != policy_draft


def test_a_version_that_nobody_approved_is_not_adopted(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    url = reverse("policy:adopt", args=[policy_draft.pk])
    today = datetime.date.today()
    page = as_owner.post(url, adopt_data(today)).content.decode()
    assert "approving authority approved this version" in page
    assert policy_in_force() != policy_draft


def test_when_a_version_takes_force_every_offering_is_judged_by_it(
    root: Any,
    put_live: Callable[..., None],
    as_owner: Client,
    policy_draft: PolicyVersion,
    approve_today: Callable[..., datetime.date],
    rules_of: Callable[..., Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    course = CourseFactory(parent=root)
    put_live(course)
    rules_of("PA-5", "outcomes").update(number=3)
    today = approve_today(policy_draft)
    with django_capture_on_commit_callbacks(execute=True):
        as_owner.post(reverse("policy:adopt", args=[policy_draft.pk]), adopt_data(today))
    assert policy_in_force() == policy_draft
    standing = ClauseStanding.objects.get(offering=course, clause="PA-5")
    assert standing.standing == ClauseStanding.Standing.FAILING


def test_a_draft_given_up_takes_its_reports_along(
    as_owner: Client, policy_draft: PolicyVersion
) -> None:
    what_if.begin(policy_draft, None)
    as_owner.post(reverse("policy:delete_draft", args=[policy_draft.pk]))
    assert not PolicyVersion.objects.drafts().exists()
    assert not WhatIf.objects.exists()


def test_a_draft_from_which_another_was_begun_is_kept(
    as_owner: Client, owner: Any, policy_draft: PolicyVersion
) -> None:
    later = draft_from(policy_draft, owner, "ACD 1532 (later draft)")
    url = reverse("policy:delete_draft", args=[policy_draft.pk])
    page = as_owner.post(url, follow=True).content.decode()
    assert "Other drafts are based on this one. Delete them first." in page
    as_owner.post(reverse("policy:delete_draft", args=[later.pk]))
    as_owner.post(url)
    assert not PolicyVersion.objects.drafts().exists()
