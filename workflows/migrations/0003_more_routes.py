"""Routes of their own for contracted delivery (FW-2) and for academic credit (FA-2)."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from credentials.conf import conf

ROUTES = {
    # key: name, stages as (name, office, instrument)
    "contracted": (
        "Contracted delivery",
        [("Department agreement to deliver", "department", "ACD 1532: FW-2")],
    ),
    "for_credit": (
        "Endorsement for academic credit",
        [
            ("Department endorsement", "department", "ACD 1532: FA-2"),
            ("Committee endorsement", "committee", "ACD 1532: FA-2, SC-2"),
        ],
    ),
}


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the stages, workflows and routes that are not there."""
    Route = apps.get_model("workflows", "Route")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    for key, (name, stages) in ROUTES.items():
        if Route.objects.filter(key=key).exists():
            continue
        workflow = Workflow.objects.create(name=name)
        for order, stage in enumerate(stages):
            task = _make_stage(apps, *stage)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        Route.objects.create(key=key, workflow=workflow)


def _make_stage(apps: Apps, name: str, office: str, instrument: str) -> models.Model:
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    content_type, _created = ContentType.objects.get_or_create(
        app_label="workflows", model="officestage"
    )
    stage = apps.get_model("workflows", "OfficeStage").objects.create(
        name=name,
        office=office,
        instrument=instrument,
        authors_may_decide=False,
        content_type=content_type,
    )
    stage.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS[office])[0])
    return stage


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove these routes, their workflows and their stages."""
    Route = apps.get_model("workflows", "Route")
    workflows = list(Route.objects.filter(key__in=ROUTES).values_list("workflow_id", flat=True))
    Route.objects.filter(key__in=ROUTES).delete()
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    tasks = WorkflowTask.objects.filter(workflow_id__in=workflows).values_list("task_id", flat=True)
    stages = list(tasks)
    apps.get_model("wagtailcore", "Workflow").objects.filter(pk__in=workflows).delete()
    apps.get_model("workflows", "OfficeStage").objects.filter(pk__in=stages).delete()


class Migration(migrations.Migration):
    dependencies = [("workflows", "0002_default_routes")]

    operations = [
        migrations.AlterField(
            model_name="route",
            name="key",
            field=models.CharField(
                choices=[
                    ("committee", "Department review, then Committee"),
                    ("course", "Department approval"),
                    ("editorial", "Editorial change"),
                    ("contracted", "Contracted delivery"),
                    ("for_credit", "Endorsement for academic credit"),
                ],
                max_length=20,
                unique=True,
                verbose_name="key",
            ),
        ),
        migrations.RunPython(provision, remove),
    ]
