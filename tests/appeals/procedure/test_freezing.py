"""What was brought into force is frozen, in the database too (AP-2, law 3)."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from appeals.adoption import bring_into_force
from appeals.models import Procedure, UniversityClosure
from credentials.append_only.trigger_faults import trigger_faults
from credentials.exceptions import HistoryIsAppendOnly

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

PARTS = ["appeals_ground", "appeals_procedurestep", "appeals_lettertemplate"]


def run(sql: str, *parameters: Any) -> None:
    """Raw SQL, as from a database client."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def refused(sql: str, *parameters: Any) -> None:
    with pytest.raises(IntegrityError, match=r"is frozen|append-only"):
        run(sql, *parameters)


def test_a_version_in_force_is_neither_changed_nor_deleted(in_force: Procedure) -> None:
    refused("UPDATE appeals_procedure SET time_limit = 3 WHERE id = %s", in_force.pk)
    refused("DELETE FROM appeals_procedure WHERE id = %s", in_force.pk)
    in_force.time_limit = 3
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        in_force.save()
    assert Procedure.objects.in_force().get().time_limit == 10


@pytest.mark.parametrize("table", PARTS)
def test_nothing_of_it_is_changed_added_taken_or_moved(
    table: str, in_force: Procedure, draft: Procedure
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE procedure_id = %s", [in_force.pk])
        before = cursor.fetchone()
    column = "subject_en" if table.endswith("template") else "name_en"
    key = "kind" if table.endswith("template") else "key"
    refused(f"UPDATE {table} SET {column} = 'x' WHERE procedure_id = %s", in_force.pk)
    refused(f"DELETE FROM {table} WHERE procedure_id = %s", in_force.pk)
    refused(
        f"UPDATE {table} SET procedure_id = %s, {key} = 'new' WHERE procedure_id = %s",
        in_force.pk,
        draft.pk,
    )
    refused(
        f"UPDATE {table} SET procedure_id = %s, {key} = 'new' WHERE procedure_id = %s",
        draft.pk,
        in_force.pk,
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE procedure_id = %s", [in_force.pk])
        assert cursor.fetchone() == before


def test_a_ground_is_not_added_to_it(in_force: Procedure) -> None:
    with pytest.raises(IntegrityError, match="is frozen"), transaction.atomic():
        in_force.grounds.model.objects.create(
            procedure=in_force, key="other", name_en="Other", name_fr="Autre"
        )


def test_its_adoption_is_neither_changed_nor_deleted(in_force: Procedure) -> None:
    refused("UPDATE appeals_procedureadoption SET in_force_from = '2030-01-01'")
    refused("DELETE FROM appeals_procedureadoption")
    with pytest.raises(HistoryIsAppendOnly):
        in_force.adoption.delete()


def test_a_draft_is_free_until_it_takes_force_and_frozen_before_its_day(
    draft: Procedure, office: Any
) -> None:
    run("UPDATE appeals_procedure SET time_limit = 15 WHERE id = %s", draft.pk)
    bring_into_force(draft, timezone.localdate() + datetime.timedelta(days=30), office)
    refused("UPDATE appeals_procedure SET time_limit = 3 WHERE id = %s", draft.pk)


def test_a_closure_is_never_edited_and_one_that_has_begun_stays(
    closure: UniversityClosure,
) -> None:
    refused("UPDATE appeals_universityclosure SET last_day = '2035-01-01'")
    past = UniversityClosure.objects.create(
        first_day=timezone.localdate() - datetime.timedelta(days=3),
        last_day=timezone.localdate(),
        name_en="Storm",
        name_fr="Tempête",
    )
    refused("DELETE FROM appeals_universityclosure WHERE id = %s", past.pk)
    run("DELETE FROM appeals_universityclosure WHERE id = %s", closure.pk)
    assert UniversityClosure.objects.get() == past


def test_every_trigger_is_there() -> None:
    assert trigger_faults(connection) == []
