"""A route of its own for contracted delivery: the Department, and not the Committee (FW-2)."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from credentials.conf import conf

KEY = "contracted"
NAME = "Contracted delivery"
STAGE = "Department agreement to deliver"


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the stage, its workflow and the route, unless the route is there."""
    Route = apps.get_model("workflows", "Route")
    if Route.objects.filter(key=KEY).exists():
        return
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    content_type, _created = ContentType.objects.get_or_create(
        app_label="workflows", model="officestage"
    )
    stage = apps.get_model("workflows", "OfficeStage").objects.create(
        name=STAGE,
        office="department",
        instrument="ACD 1532: FW-2",
        authors_may_decide=False,
        content_type=content_type,
    )
    stage.groups.add(Group.objects.get_or_create(name=conf().ROLE_GROUPS["department"])[0])
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=NAME)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task=stage, sort_order=0
    )
    Route.objects.create(key=KEY, workflow=workflow)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the route, its workflow and its stage."""
    Route = apps.get_model("workflows", "Route")
    workflows = list(Route.objects.filter(key=KEY).values_list("workflow_id", flat=True))
    Route.objects.filter(key=KEY).delete()
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
                ],
                max_length=20,
                unique=True,
                verbose_name="key",
            ),
        ),
        migrations.RunPython(provision, remove),
    ]
