"""Provision the default routes: the offices may edit them afterwards (MC-2)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from credentials.conf import conf

STAGES = {
    # key: name, office, instrument, authors may decide
    "department_review": ("Department review", "department", "ACD 1532: CP-2, FA-2", False),
    "committee_approval": ("Committee approval", "committee", "ACD 1532: CP-3, MC-1, FA-2", False),
    "department_approval": ("Department approval", "department", "ACD 1532: SH-2", False),
    "editorial_check": (
        "Department check",
        "department",
        "Delegated by the Committee: SH-2",
        False,
    ),
}
ROUTES = {
    "committee": (
        "Department review, then Committee",
        ["department_review", "committee_approval"],
    ),
    "course": ("Department approval", ["department_approval"]),
    "editorial": ("Editorial change", ["editorial_check"]),
}


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create groups, stages, workflows and routes."""
    Group = apps.get_model("auth", "Group")
    OfficeStage = apps.get_model("workflows", "OfficeStage")
    Route = apps.get_model("workflows", "Route")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _created = ContentType.objects.get_or_create(
        app_label="workflows", model="officestage"
    )
    groups = {
        role: Group.objects.get_or_create(name=name)[0] for role, name in conf().ROLE_GROUPS.items()
    }
    stages = {}
    for key, (name, office, instrument, authors_may_decide) in STAGES.items():
        stages[key] = OfficeStage.objects.create(
            name=name,
            office=office,
            instrument=instrument,
            authors_may_decide=authors_may_decide,
            content_type=content_type,
        )
        stages[key].groups.add(groups[office])
    for key, (name, stage_keys) in ROUTES.items():
        workflow = Workflow.objects.create(name=name)
        for order, stage_key in enumerate(stage_keys):
            WorkflowTask.objects.create(workflow=workflow, task=stages[stage_key], sort_order=order)
        Route.objects.create(key=key, workflow=workflow)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the provisioned routes, stages and workflows; groups stay, people are in them."""
    Route = apps.get_model("workflows", "Route")
    workflows = list(Route.objects.values_list("workflow_id", flat=True))
    Route.objects.all().delete()
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Workflow.objects.filter(pk__in=workflows).delete()
    OfficeStage = apps.get_model("workflows", "OfficeStage")
    OfficeStage.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(provision, remove)]
