"""A project's own app with a kind of stage: installed in tests only."""

from django.apps import AppConfig


class NewKindConfig(AppConfig):
    """One kind of stage in one file."""

    name = "tests.workflows.new_kind"
    label = "new_kind"
    default_auto_field = "django.db.models.BigAutoField"
