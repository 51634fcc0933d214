"""Provision the policy version that comes with the apps, in force from its approval (PO-1, SC-3)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.policy.register import first_version

ADOPTED_BY = "Provisioned"


def provision(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the version, its clauses and rules, and last its adoption, which freezes them."""
    PolicyVersion = apps.get_model("credentials", "PolicyVersion")
    PolicyClause = apps.get_model("credentials", "PolicyClause")
    ClauseRule = apps.get_model("credentials", "ClauseRule")
    PolicyAdoption = apps.get_model("credentials", "PolicyAdoption")
    if PolicyVersion.objects.exists():
        return
    registered = first_version()
    version = PolicyVersion.objects.create(
        label=registered.label,
        classification_number=registered.classification_number,
        title=registered.title,
        approving_authority=registered.approving_authority,
        owner=registered.owner,
        owner_email=registered.owner_email,
        approved_on=registered.approved_on,
        review_due_on=registered.review_due_on,
        changes=registered.changes,
    )
    for position, clause in enumerate(registered.clauses):
        row = PolicyClause.objects.create(
            version=version,
            number=clause.number,
            part=clause.part,
            heading=clause.heading,
            summary=clause.summary,
            obligation=clause.obligation,
            home=clause.home,
            position=position,
        )
        ClauseRule.objects.bulk_create(
            ClauseRule(
                clause=row,
                rule=rule.rule,
                severity=rule.severity.value,
                kinds=sorted(rule.kinds),
                field=rule.field,
                number=rule.number,
                terms=", ".join(rule.terms),
                sort_order=order,
            )
            for order, rule in enumerate(clause.rules)
        )
    PolicyAdoption.objects.create(
        version=version,
        in_force_from=registered.in_force_from,
        adopted_by_key="",
        adopted_by_name=ADOPTED_BY,
    )


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove what was provisioned. Versions that are based on it must go first."""
    PolicyVersion = apps.get_model("credentials", "PolicyVersion")
    version = PolicyVersion.objects.filter(
        label=first_version().label, adoption__adopted_by_name=ADOPTED_BY
    ).first()
    if version is None:
        return
    if version.successors.exists():
        raise RuntimeError("Other policy versions are based on this one: delete them first.")
    # An adopted version refuses changes; only undoing the provisioning may take it back.
    remove_triggers(schema_editor.connection)
    apps.get_model("credentials", "PolicyAdoption").objects.filter(version=version).delete()
    apps.get_model("credentials", "ClauseRule").objects.filter(clause__version=version).delete()
    apps.get_model("credentials", "PolicyClause").objects.filter(version=version).delete()
    version.delete()
    install_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_policy_and_agreements")]

    operations = [migrations.RunPython(provision, remove)]
