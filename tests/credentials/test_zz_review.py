from typing import Any
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState
from credentials.compliance.gates import is_governed_change, check_may_submit
from credentials.compliance.policies import policy_in_force
from credentials.exceptions import PolicyNotMet
from credentials.models import *
from credentials.models import AcademicUnit, Component, PolicyVersion
from credentials.catalogue.ledger import PublishedVersion
from tests.factories import MicroCredentialFactory, CourseFactory
from tests.lifecycle import draft, edit, submit, person, decide
from tests.credentials.policy_admin.conftest import *
from tests.credentials.policy_admin.test_drafting import rule_data, clause_data
pytestmark = pytest.mark.django_db

def test_retired_editorial(root, people, retired, client):
    o = MicroCredentialFactory(parent=root, life="published")
    retired(o)
    edit(o, fee=7, objectives="")
    print("GOV", is_governed_change(draft(o)))
    submit(o); decide(o)
    v = PublishedVersion.objects.head_of(o.pk)
    print("EVENT", v.event)
    assert v.event == "retired"

def test_severity_blank(as_owner, policy_draft):
    clause = policy_draft.clauses.get(number="SH-3")
    rule = clause.rules.get(rule="review-due")
    url = reverse("policy:edit_clause", args=[policy_draft.pk, clause.pk])
    for sev in ("", "nonsense"):
        r = as_owner.post(url, clause_data(clause, [rule_data(rule, severity=sev)]))
        assert r.status_code == 200

def test_trigger_move(policy_draft):
    v = policy_in_force()
    c = policy_draft.clauses.get(number="SH-3")
    target = v.clauses.get(number="MC-4")
    rule = c.rules.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(rule).objects.filter(pk=rule.pk).update(clause=target)

def test_trigger_move2(policy_draft):
    v = policy_in_force()
    with pytest.raises(IntegrityError), transaction.atomic():
        policy_draft.clauses.filter(number="SH-3").update(version=v, number="XX-1")

def test_unit_deleted(root, people, client):
    client.force_login(people["editor"])
    o = MicroCredentialFactory(parent=root)
    u = AcademicUnit.objects.create(code="zz", name="ZZ")
    edit(o, academic_unit=u)
    u.delete()
    r = client.get(reverse("wagtailadmin_pages:edit", args=[o.pk]))
    assert r.status_code == 200

def test_part_deleted(root, people, client):
    client.force_login(people["editor"])
    o = MicroCredentialFactory(parent=root)
    p = MicroCredentialFactory(parent=root, agreed=False)
    d = draft(o); d.components.set([Component(part=p)]); d.stacking_approach="horizontal"; d.save_revision()
    p.delete()
    r = client.get(reverse("wagtailadmin_pages:edit", args=[o.pk]))
    assert r.status_code == 200

def test_no_policy(root, people, client, today_is):
    o = MicroCredentialFactory(parent=root, life="submitted")
    c = person("department"); 
    from wagtail.models import Page
    st = o.current_workflow_task_state or type(o).objects.get(pk=o.pk).current_workflow_task_state
    u = person(st.task.specific.office); client.force_login(u)
    today_is(datetime.date(2000,1,1))
    r = client.get(reverse("governance:proposal", args=[o.pk]))
    print(r.status_code, r.get("Location"))
    url = reverse("wagtailadmin_pages:workflow_action", args=[o.pk, "approve", st.pk])
    r = client.post(url, {"comment": "x"})
    print(r.status_code, r.get("Location"))

def test_start_leaves_nothing(root, people):
    o = MicroCredentialFactory(parent=root)
    edit(o, objectives="")
    with pytest.raises(PolicyNotMet), transaction.atomic():
        submit(o)
    assert not WorkflowState.objects.filter(object_id=str(o.pk)).exists()

def test_wagtail_workflow_action_blocked(root, people, client):
    o = MicroCredentialFactory(parent=root, agreed=False, life="submitted")
    st = type(o).objects.get(pk=o.pk).current_workflow_task_state
    u = person(st.task.specific.office); client.force_login(u)
    url = reverse("wagtailadmin_pages:workflow_action", args=[o.pk, "approve", st.pk])
    for h in ({}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}):
        r = client.post(url, {"comment": "x"}, **h)
        print("ACT", r.status_code, r.get("Location"), r.content[:200])
    st.refresh_from_db(); assert st.status == "in_progress"

def test_outcome_without_code(root, people, client):
    client.force_login(people["editor"])
    o = MicroCredentialFactory(parent=root)
    d = draft(o); 
    for x in d.outcomes.all(): x.code = ""
    d.save_revision()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[o.pk])).status_code == 200
