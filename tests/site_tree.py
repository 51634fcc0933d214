"""What migrations provision, made anew for tests that begin with emptied tables."""

from importlib import import_module

from django.apps import apps
from django.db import connection
from wagtail.models import Collection, Locale, Page

from workflows.models import Route


def make_catalogue() -> Page:
    """Run the data migrations again: policy, routes, root, home, catalogue, which is returned."""
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    import_module("credentials.migrations.0003_first_policy_version").provision(apps, connection)
    if not Route.objects.exists():
        import_module("workflows.migrations.0002_default_routes").provision(apps, connection)
        import_module("workflows.migrations.0003_more_routes").provision(apps, connection)
        import_module("workflows.migrations.0005_routes_with_committees").provision(
            apps, connection
        )
    import_module("home.migrations.0002_site_pages").make_pages(apps, connection)
    return Page.objects.get(slug="catalogue")
