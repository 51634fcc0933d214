"""Make the home page and the catalogue, so that a new site has somewhere to put offerings."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WELCOME_PATH = "00010001"


def _content_type(apps: Apps, model: str) -> object:
    ContentType = apps.get_model("contenttypes", "ContentType")
    return ContentType.objects.get_or_create(app_label="home", model=model)[0]


def make_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Replace Wagtail's welcome page, if it is still the only one, and point the site at ours."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    pages = Page.objects.filter(depth__gt=1)
    if pages.count() > 1:
        return
    Locale = apps.get_model("wagtailcore", "Locale")
    locale = Locale.objects.first()
    pages.delete()
    HomePage = apps.get_model("home", "HomePage")
    home = HomePage.objects.create(
        title="Continuous learning",
        draft_title="Continuous learning",
        slug="home",
        content_type=_content_type(apps, "homepage"),
        path=WELCOME_PATH,
        depth=2,
        numchild=1,
        url_path="/home/",
        locale=locale,
        introduction="Courses, certificates and micro-credentials, each approved before it is offered.",
    )
    CataloguePage = apps.get_model("home", "CataloguePage")
    CataloguePage.objects.create(
        title="Catalogue",
        draft_title="Catalogue",
        slug="catalogue",
        content_type=_content_type(apps, "cataloguepage"),
        path=f"{WELCOME_PATH}0001",
        depth=3,
        numchild=0,
        url_path="/home/catalogue/",
        locale=locale,
        show_in_menus=True,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)


def remove_pages(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove our pages and the sites that begin there. Offerings below them must go first."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    pages = Page.objects.filter(content_type__app_label="home")
    if Page.objects.filter(content_type__app_label="credentials").exists():
        raise RuntimeError("Move the offerings elsewhere first: they stand below these pages.")
    Site.objects.filter(root_page__in=pages).delete()
    pages.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("credentials", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_pages, remove_pages)]
