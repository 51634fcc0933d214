"""How a policy version is drafted, takes force, and from then on never changes (PO-1, SC-3)."""

import datetime
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from credentials.append_only.trigger_faults import trigger_faults
from credentials.compliance.adoption import adopt, draft_from, latest_review
from credentials.compliance.policies import policy_in_force, terms_in_force, terms_of
from credentials.models import ClauseRule, PolicyAdoption, PolicyClause, PolicyVersion
from credentials.policy.register import first_version
from tests.credentials.policy.first_terms import default_terms

pytestmark = pytest.mark.django_db

MIGRATION = "0003_first_policy_version"


def days(number: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def owner(root: Any) -> Any:
    """Somebody of the policy's office."""
    user = get_user_model().objects.create_user("owner", first_name="Olive", last_name="Owner")
    user.user_permissions.add(Permission.objects.get(codename="own_policy"))
    return user


@pytest.fixture
def draft(owner: Any) -> PolicyVersion:
    """The next version, approved today."""
    made = draft_from(policy_in_force(), owner, "Next version")
    made.approved_on = timezone.localdate()
    made.save()
    return made


def execute(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_version_of_the_register_is_in_force_from_the_start(root: Any) -> None:
    version = policy_in_force()
    assert version.label == first_version().label
    assert version.adoption.adopted_by_name == "Provisioned"
    assert terms_in_force() == default_terms()
    assert version.review_due_on <= latest_review(version.approved_on)


def test_what_was_provisioned_can_be_undone_and_repeated(draft: PolicyVersion) -> None:
    migration = import_module(f"credentials.migrations.{MIGRATION}")
    state = MigrationLoader(connection).project_state(("credentials", MIGRATION))
    editor = connection.SchemaEditorClass(connection)
    with pytest.raises(RuntimeError, match="based on this one"):
        migration.remove(state.apps, editor)
    draft.delete()
    migration.remove(state.apps, editor)
    assert not PolicyVersion.objects.exists()
    assert not PolicyAdoption.objects.exists()
    assert not trigger_faults(connection)
    migration.remove(state.apps, editor)
    for _time in range(2):
        migration.provision(state.apps, editor)
        assert PolicyVersion.objects.get().adoption.in_force_from == datetime.date(2023, 11, 28)


def test_a_draft_begins_with_all_clauses_and_rules(draft: PolicyVersion) -> None:
    before = policy_in_force()
    assert draft.based_on == before
    assert not draft.is_adopted
    kept = ("number", "part", "heading", "summary", "obligation", "home", "position")
    assert list(draft.clauses.values_list(*kept)) == list(before.clauses.values_list(*kept))
    assert terms_of(draft).rules == terms_of(before).rules


def test_a_draft_needs_a_label_of_its_own(owner: Any) -> None:
    before = policy_in_force()
    for label in ("", before.label):
        with pytest.raises(ValidationError) as refused:
            draft_from(before, owner, label)
        assert "label" in refused.value.message_dict
    assert PolicyVersion.objects.get() == before


def test_a_draft_may_be_edited_and_the_version_in_force_is_not_touched(
    draft: PolicyVersion,
) -> None:
    clause = draft.clauses.get(number="MC-4")
    clause.summary = "Another wording."
    clause.save()
    clause.rules.get(rule="outcomes").delete()
    draft.clauses.get(number="GC-1").delete()
    draft.title = "A new title"
    draft.save()
    assert policy_in_force().clauses.filter(number="GC-1").exists()
    assert terms_in_force() == default_terms()


@pytest.mark.clause("SC-3")
def test_only_the_owner_drafts_and_adopts(draft: PolicyVersion, people: Any) -> None:
    for person in (people["editor"], people["department"], people["committee"]):
        with pytest.raises(PermissionDenied):
            adopt(draft, days(1), person)
        with pytest.raises(PermissionDenied):
            draft_from(draft, person, "Mine")
    assert not PolicyVersion.objects.get(pk=draft.pk).is_adopted


@pytest.mark.clause("SC-3")
def test_the_adoption_keeps_who_and_when(draft: PolicyVersion, owner: Any) -> None:
    adopt(draft, days(7), owner)
    assert draft.is_adopted
    adoption = PolicyAdoption.objects.get(version=draft)
    assert adoption.adopted_by_name == "Olive Owner"
    assert adoption.adopted_by_key == str(owner.pk)
    assert timezone.localdate(adoption.adopted_at) == timezone.localdate()


@pytest.mark.clause("PO-1")
def test_each_day_has_the_version_that_was_in_force_on_it(draft: PolicyVersion, owner: Any) -> None:
    first = policy_in_force()
    adopt(draft, days(7), owner)
    assert policy_in_force(first.adoption.in_force_from) == first
    assert policy_in_force() == first
    assert policy_in_force(days(6)) == first
    assert policy_in_force(days(7)) == draft
    assert policy_in_force(days(700)) == draft


def test_of_two_versions_for_one_day_the_one_adopted_later_applies(
    draft: PolicyVersion, owner: Any
) -> None:
    mended = draft_from(draft, owner, "Next version, mended")
    mended.approved_on = timezone.localdate()
    mended.save()
    adopt(draft, days(7), owner)
    adopt(mended, days(7), owner)
    assert policy_in_force(days(7)) == mended


def test_a_version_is_adopted_once(draft: PolicyVersion, owner: Any) -> None:
    adopt(draft, days(1), owner)
    with pytest.raises(ValidationError, match="adopted already"):
        adopt(draft, days(2), owner)


def test_a_version_cannot_take_force_in_the_past(draft: PolicyVersion, owner: Any) -> None:
    refuses(draft, days(-1), owner, "in_force_from", "Choose today or a later day")


def test_a_version_without_clauses_cannot_be_adopted(draft: PolicyVersion, owner: Any) -> None:
    draft.clauses.all().delete()
    with pytest.raises(ValidationError, match="Add its clauses"):
        adopt(draft, days(1), owner)


@pytest.mark.clause("PO-1")
@pytest.mark.parametrize(
    ("approved_on", "review_due_on", "field", "remedy"),
    [
        (None, datetime.date(2029, 1, 31), "approved_on", "Say on which day"),
        (datetime.date(2999, 1, 1), datetime.date(2999, 2, 1), "approved_on", "later day to take"),
        (datetime.date(2026, 1, 15), datetime.date(2026, 1, 15), "review_due_on", "later day"),
        (datetime.date(2026, 1, 15), datetime.date(2029, 2, 1), "review_due_on", "up to"),
    ],
)
def test_a_version_is_adopted_only_with_its_review_within_three_years(
    draft: PolicyVersion,
    owner: Any,
    approved_on: datetime.date | None,
    review_due_on: datetime.date,
    field: str,
    remedy: str,
) -> None:
    draft.approved_on, draft.review_due_on = approved_on, review_due_on
    draft.save()
    refuses(draft, days(1), owner, field, remedy)


@pytest.mark.clause("PO-1")
def test_the_month_of_review_may_be_used_to_its_end(draft: PolicyVersion, owner: Any) -> None:
    draft.approved_on, draft.review_due_on = datetime.date(2025, 2, 3), datetime.date(2028, 2, 29)
    draft.save()
    assert adopt(draft, days(0), owner).version == draft


@pytest.mark.parametrize("table", ["policyversion", "policyclause", "clauserule", "policyadoption"])
@pytest.mark.parametrize("operation", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_holds_an_adopted_version(root: Any, table: str, operation: str) -> None:
    with pytest.raises(DatabaseError, match=r"frozen|append-only"):
        execute(operation.format(f"credentials_{table}"))
    assert terms_of(policy_in_force()) == default_terms()


def test_the_database_adds_nothing_to_an_adopted_version(root: Any) -> None:
    version = policy_in_force()
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        PolicyClause.objects.create(
            version=version, number="X-1", part="X", heading="X", summary="X", home="X"
        )
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        ClauseRule.objects.create(
            clause=version.clauses.get(number="MC-4"), rule="outcomes", severity="advice"
        )


def test_the_database_lets_a_draft_be_changed_until_it_is_adopted(
    draft: PolicyVersion, owner: Any
) -> None:
    change = "UPDATE credentials_policyclause SET heading = 'X' WHERE version_id = %s"
    execute(change, draft.pk)
    adopt(draft, days(1), owner)
    with pytest.raises(DatabaseError, match="frozen"):
        execute(change, draft.pk)


def refuses(
    version: PolicyVersion, in_force_from: datetime.date, user: Any, field: str, remedy: str
) -> None:
    """Adopting is refused at this field, with this remedy, and nothing is written."""
    with pytest.raises(ValidationError) as refused:
        adopt(version, in_force_from, user)
    (sentence,) = refused.value.message_dict[field]
    assert remedy in sentence
    assert not PolicyVersion.objects.get(pk=version.pk).is_adopted


def test_nothing_of_a_draft_is_moved_into_an_adopted_version(draft: PolicyVersion) -> None:
    adopted = policy_in_force()
    clause = draft.clauses.get(number="MC-4")
    other = adopted.clauses.get(number="SH-3")
    rules, clauses = ClauseRule._meta.db_table, PolicyClause._meta.db_table
    with pytest.raises(DatabaseError, match="frozen"):
        execute(f"UPDATE {rules} SET clause_id = %s WHERE clause_id = %s", other.pk, clause.pk)
    with pytest.raises(DatabaseError, match="frozen"):
        execute(
            f"UPDATE {clauses} SET version_id = %s, number = 'MC-99' WHERE id = %s",
            adopted.pk,
            clause.pk,
        )


def test_an_adoption_that_was_rolled_back_leaves_no_terms_behind(
    draft: PolicyVersion, owner: Any
) -> None:
    with transaction.atomic():
        adopt(draft, days(0), owner)
        assert "MC-4" in {rule.clause for rule in terms_in_force().rules}
        transaction.set_rollback(True)
    version = PolicyVersion.objects.get(pk=draft.pk)
    version.clauses.get(number="MC-4").delete()
    adopt(version, days(0), owner)
    assert "MC-4" not in {rule.clause for rule in terms_in_force().rules}
