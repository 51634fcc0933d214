"""Provision the appeal procedure that comes with the apps, in force from its day (AP-2)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from appeals.default_procedure import default_procedure
from credentials.append_only.triggers import install_triggers, remove_triggers

ADOPTED_BY = "Provisioned"
PARTS = ("Ground", "ProcedureStep", "LetterTemplate")


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the version, its parts, and last its adoption, which freezes them."""
    Procedure = apps.get_model("appeals", "Procedure")
    if Procedure.objects.exists():
        return
    given = default_procedure()
    procedure = Procedure.objects.create(**given.procedure)
    Ground = apps.get_model("appeals", "Ground")
    Ground.objects.bulk_create(
        Ground(procedure=procedure, sort_order=order, **row)
        for order, row in enumerate(given.grounds)
    )
    ProcedureStep = apps.get_model("appeals", "ProcedureStep")
    ProcedureStep.objects.bulk_create(
        ProcedureStep(procedure=procedure, sort_order=order, **row)
        for order, row in enumerate(given.steps)
    )
    LetterTemplate = apps.get_model("appeals", "LetterTemplate")
    LetterTemplate.objects.bulk_create(
        LetterTemplate(procedure=procedure, **row) for row in given.letters
    )
    apps.get_model("appeals", "ProcedureAdoption").objects.create(
        procedure=procedure,
        in_force_from=given.in_force_from,
        adopted_by_key="",
        adopted_by_name=ADOPTED_BY,
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove what was provisioned. Versions that are based on it must go first."""
    Procedure = apps.get_model("appeals", "Procedure")
    procedure = Procedure.objects.filter(
        label=default_procedure().procedure["label"], adoption__adopted_by_name=ADOPTED_BY
    ).first()
    if procedure is None:
        return
    if procedure.successors.exists():
        raise RuntimeError("Other procedures are based on this one: delete them first.")
    # A version in force refuses changes; only undoing the provisioning may take it back.
    remove_triggers(schema_editor.connection)
    apps.get_model("appeals", "ProcedureAdoption").objects.filter(procedure=procedure).delete()
    for name in PARTS:
        apps.get_model("appeals", name).objects.filter(procedure=procedure).delete()
    procedure.delete()
    install_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0001_procedure"),
    ]

    operations = [
        migrations.RunPython(provision, remove, elidable=False),
    ]
