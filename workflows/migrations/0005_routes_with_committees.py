"""Provision the committee, its rules and all routes with all kinds of stages (MC-2)."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from credentials.conf import conf

POLICY = "ACD 1532: "
# What is new: key: (model, name, facts).
STAGES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "agreement": (
        "GateStage",
        "Responsibilities agreement signed",
        {"clauses": "MC-6", "instrument": POLICY + "MC-6"},
    ),
    "unit": (
        "UnitStage",
        "Academic unit's sign-off",
        {"applies_when": "partnered", "instrument": POLICY + "DEF-1, AD-2, AD-3"},
    ),
    "committee_category": (
        "CommitteeStage",
        "Committee approval of chosen categories",
        {"applies_when": "categories", "instrument": POLICY + "SH-2"},
    ),
    "iqap": (
        "OutcomeStage",
        "IQAP outcome recorded",
        {"office": "department", "body": "IQAP", "instrument": POLICY + "SC-2, FA-1"},
    ),
    "academic_council": (
        "OutcomeStage",
        "Academic Council outcome recorded",
        {"office": "department", "body": "Academic Council", "instrument": POLICY + "GB-1"},
    ),
    "information": (
        "InformationStage",
        "Committee, for information",
        {"instrument": POLICY + "GB-2"},
    ),
    "osap": (
        "OfficeStage",
        "OSAP request prepared, or not needed",
        {"office": "department", "instrument": POLICY + "MC-5, GB-2"},
    ),
    "retirement_department": (
        "OfficeStage",
        "Department decision on the end",
        {"office": "department", "instrument": POLICY + "SH-2"},
    ),
    "retirement_committee": (
        "CommitteeStage",
        "Committee decision on the end",
        {"instrument": POLICY + "CP-3, MC-1"},
    ),
}
# Stages of before, by their names: one person passed for the committee until now.
FORMER = {"Committee approval": "approve", "Committee endorsement": "endorse"}
ROUTES = {
    "certificate": (
        "Certificate program",
        ["agreement", "unit", "Department review", "Committee approval"],
    ),
    "micro_credential": (
        "Department review, then Committee",
        ["agreement", "unit", "Department review", "Committee approval"],
    ),
    "course": ("Department approval", ["unit", "Department approval", "committee_category"]),
    "for_credit": (
        "Endorsement for academic credit",
        ["iqap", "Department endorsement", "Committee endorsement"],
    ),
    "embedded": ("Embedded in a new program", ["academic_council", "information", "osap"]),
    "retirement": ("Retirement", ["retirement_department", "retirement_committee"]),
}


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create committee, stages and routes; stages of before keep their keys and what is on them."""
    Route = apps.get_model("workflows", "Route")
    committee = _make_committee(apps)
    for name, purpose in FORMER.items():
        for task in apps.get_model("wagtailcore", "Task").objects.filter(name=name):
            _into_committee_stage(apps, task, committee, purpose)
    Route.objects.filter(key="committee").update(key="micro_credential")
    made = {key: _make_stage(apps, committee, *facts) for key, facts in STAGES.items()}
    for key, (name, stages) in ROUTES.items():
        route = Route.objects.filter(key=key).select_related("workflow").first()
        workflow = route.workflow if route else _make_route(apps, key, name)
        _arrange(apps, workflow, [made.get(stage) or _task(apps, stage) for stage in stages])
    _move_certificates(apps)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take back the routes and stages; one person passes for the committee again.

    The committee and its rules stay, being history; the migration before drops their tables.
    """
    Route = apps.get_model("workflows", "Route")
    Task = apps.get_model("wagtailcore", "Task")
    for name in FORMER:
        for task in Task.objects.filter(name=name):
            _into_office_stage(apps, task)
    Route.objects.filter(key="micro_credential").update(key="committee")
    _return_certificates(apps)
    ended = Route.objects.filter(key__in=("certificate", "embedded", "retirement"))
    workflows = list(ended.values_list("workflow_id", flat=True))
    ended.delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk__in=workflows).delete()
    for model in {facts[0] for facts in STAGES.values()}:
        names = [facts[1] for facts in STAGES.values() if facts[0] == model]
        stages = apps.get_model("workflows", model).objects.filter(name__in=names)
        keys = list(stages.values_list("pk", flat=True))
        stages.delete()
        Task.objects.filter(pk__in=keys).delete()


def _make_committee(apps: Apps) -> Any:
    Group = apps.get_model("auth", "Group")
    committee, created = apps.get_model("workflows", "Committee").objects.get_or_create(
        name=conf().OFFICES["committee"],
        defaults={
            "office": "committee",
            "group": Group.objects.get_or_create(name=conf().ROLE_GROUPS["committee"])[0],
        },
    )
    if created:
        apps.get_model("workflows", "CommitteeRules").objects.create(
            committee=committee, number=1, reason="Default rules."
        )
    return committee


def _content_type(apps: Apps, model: str) -> Any:
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="workflows", model=model.lower()
    )[0]


def _task(apps: Apps, name: str) -> Any:
    return apps.get_model("wagtailcore", "Task").objects.filter(name=name).order_by("pk").first()


def _make_stage(apps: Apps, committee: Any, model: str, name: str, facts: dict[str, Any]) -> Any:
    Model = apps.get_model("workflows", model)
    found = Model.objects.filter(name=name).first()
    if found is not None:
        return found
    if model in ("CommitteeStage", "InformationStage"):
        facts = {**facts, "committee": committee}
    stage = Model.objects.create(name=name, content_type=_content_type(apps, model), **facts)
    if "office" in facts:
        Group = apps.get_model("auth", "Group")
        stage.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS[facts["office"]])[0])
    return stage


def _make_route(apps: Apps, key: str, name: str) -> Any:
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name)
    apps.get_model("workflows", "Route").objects.create(key=key, workflow=workflow)
    return workflow


def _arrange(apps: Apps, workflow: Any, tasks: list[Any]) -> None:
    """Put the stages in order, and keep after them what an office added."""
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    keys = [task.pk for task in tasks if task is not None]
    others = WorkflowTask.objects.filter(workflow=workflow).exclude(task_id__in=keys)
    keys += list(others.order_by("sort_order").values_list("task_id", flat=True))
    WorkflowTask.objects.filter(workflow=workflow).delete()
    for order, key in enumerate(keys):
        WorkflowTask.objects.create(workflow=workflow, task_id=key, sort_order=order)


def _into_committee_stage(apps: Apps, task: Any, committee: Any, purpose: str) -> None:
    """Give a stage its new kind under its old key: what is under way on it stays there."""
    OfficeStage = apps.get_model("workflows", "OfficeStage")
    office = OfficeStage.objects.filter(pk=task.pk).first()
    if office is None:
        return
    stage = apps.get_model("workflows", "CommitteeStage")(
        task_ptr_id=task.pk, committee=committee, purpose=purpose, instrument=office.instrument
    )
    stage.save_base(raw=True)
    office.groups.clear()
    office.delete(keep_parents=True)
    apps.get_model("wagtailcore", "Task").objects.filter(pk=task.pk).update(
        content_type=_content_type(apps, "CommitteeStage")
    )


def _into_office_stage(apps: Apps, task: Any) -> None:
    CommitteeStage = apps.get_model("workflows", "CommitteeStage")
    stage = CommitteeStage.objects.filter(pk=task.pk).first()
    if stage is None:
        return
    office = apps.get_model("workflows", "OfficeStage")(
        task_ptr_id=task.pk, office="committee", instrument=stage.instrument
    )
    office.save_base(raw=True)
    group = conf().ROLE_GROUPS["committee"]
    office.groups.add(apps.get_model("auth", "Group").objects.get_or_create(name=group)[0].pk)
    stage.delete(keep_parents=True)
    apps.get_model("wagtailcore", "Task").objects.filter(pk=task.pk).update(
        content_type=_content_type(apps, "OfficeStage")
    )


def _move_certificates(apps: Apps) -> None:
    """Certificate programs under decision move to the route of their own."""
    _change_workflow(apps, "micro_credential", "certificate")


def _return_certificates(apps: Apps) -> None:
    _change_workflow(apps, "certificate", "committee")


def _change_workflow(apps: Apps, before: str, after: str) -> None:
    Route = apps.get_model("workflows", "Route")
    programs = apps.get_model("credentials", "CertificateProgram").objects.values_list(
        "pk", flat=True
    )
    apps.get_model("wagtailcore", "WorkflowState").objects.filter(
        workflow__route__key=before, object_id__in=[str(key) for key in programs]
    ).update(workflow=Route.objects.get(key=after).workflow)


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0004_committees"),
        ("credentials", "0004_committees"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(provision, remove)]
