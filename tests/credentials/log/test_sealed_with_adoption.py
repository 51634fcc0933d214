"""What an adoption froze is sealed with it: no clause, rule or step can change unseen."""

import json
from typing import Any

import pytest
from django.db import connection

from appeals.models import ProcedureAdoption
from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.models import LogEntry, PolicyAdoption, Seal
from credentials.record.log.batches import seal_all
from credentials.record.log.facts import disagreements

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "attack"),
    [
        (PolicyAdoption, "UPDATE credentials_policyclause SET summary = 'Forged'"),
        (PolicyAdoption, "UPDATE credentials_policyversion SET approving_authority = 'Nobody'"),
        (PolicyAdoption, "DELETE FROM credentials_clauserule"),
        (ProcedureAdoption, "UPDATE appeals_procedurestep SET working_days = 999"),
        (ProcedureAdoption, "UPDATE appeals_lettertemplate SET body_en = 'Forged'"),
    ],
)
def test_a_frozen_text_that_changes_no_longer_agrees_with_its_leaf(model: Any, attack: str) -> None:
    seal_all()
    adoption = model.objects.first()
    seal = Seal.objects.get(table=model._meta.db_table, row=adoption.pk)
    leaf = json.loads(LogEntry.objects.get(pk=seal.entry_id).entry)
    assert disagreements(leaf, adoption, bytes(seal.salt)) == []
    remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(attack)
        assert cursor.rowcount > 0
    install_triggers(connection)
    assert disagreements(leaf, adoption, bytes(seal.salt)) == ["sealed"]
