"""Public pages in the visitor's language; the API the same for everyone, whatever they speak."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from credentials.models import Session
from home.models import CataloguePage, HomePage
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db

FRENCH = {"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"}


@pytest.fixture
def bread(root: Any) -> Any:
    return CourseFactory(
        parent=root,
        title="Bread",
        hours=4.5,
        weeks=2,
        fee="1495.50",
        delivery_modes=["face_to_face"],
        children={"sessions": [Session(starts=date(2099, 8, 11))]},
        life="live",
    )


def vary(response: Any) -> set[str]:
    return {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}


@pytest.mark.parametrize("address", ["/", "/catalogue/", "/catalogue/bread/", "/no/such/page/"])
def test_a_page_speaks_the_languages_of_the_browser(
    bread: Any, client: Client, address: str
) -> None:
    for headers, language in (({}, "en"), (FRENCH, "fr"), ({"Accept-Language": "de"}, "en")):
        response = client.get(address, headers=headers)
        assert f'<html lang="{language}">' in response.content.decode()
        assert response.headers["Content-Language"] == language
        assert {"accept-language", "cookie"} <= vary(response)
    assert translation.get_language() == "en", "the next request begins afresh"


def test_what_the_visitor_chose_wins_over_the_browser(bread: Any, client: Client) -> None:
    client.get("/", {"lang": "en"}, headers=FRENCH)
    assert client.get("/", headers=FRENCH).headers["Content-Language"] == "en"
    client.get("/", {"lang": "fr"})
    assert client.get("/catalogue/").headers["Content-Language"] == "fr"


def test_switching_returns_to_the_same_search(bread: Any, client: Client) -> None:
    search = "/catalogue/?q=bread&kind=course&kind=digital_badge"
    page = client.get(search).content.decode()
    link = "?q=bread&amp;kind=course&amp;kind=digital_badge&amp;lang=fr"
    assert f'<a href="{link}" lang="fr" hreflang="fr" rel="nofollow">Français</a>' in page
    assert 'lang="en" hreflang="en" rel="nofollow" aria-current="true">English</a>' in page
    response = client.get(f"/catalogue/{link.replace('&amp;', '&')}")
    assert response.status_code == 302
    assert response.headers["Location"] == search
    assert "no-store" in response.headers["Cache-Control"]
    cookie = response.cookies["django_language"]
    assert (cookie.value, cookie["samesite"], bool(cookie["httponly"])) == ("fr", "Lax", True)


def test_a_language_that_the_site_lacks_is_ignored(bread: Any, client: Client) -> None:
    response = client.get("/catalogue/", {"lang": "de"})
    assert response.status_code == 200
    assert not response.cookies


def test_switching_never_leads_to_another_site(root: Any, client: Client) -> None:
    response = client.get("/", {"lang": "fr"}, PATH_INFO="//elsewhere.example/")
    assert response.headers["Location"] == "/%2Felsewhere.example/"


def test_numbers_money_days_and_vocabularies_follow_the_language(
    bread: Any, client: Client
) -> None:
    page = client.get("/catalogue/bread/", headers=FRENCH).content.decode()
    for words in ("4,5 heures sur 2 semaines", "11 août 2099", "En présence", "Cours"):
        assert words in page
    assert "1\u202f495,50\u00a0$" in page
    assert '<h1 lang="en">Bread</h1>' in page, "an offering keeps its own language"


def test_filters_in_force_are_named_in_french(bread: Any, client: Client) -> None:
    response = client.get(
        "/catalogue/", {"q": "bread", "kind": "course", "hours_max": "40.5"}, headers=FRENCH
    )
    assert [active.text for active in response.context["active_filters"]] == [
        "«\u00a0bread\u00a0»",
        "Type\u00a0: Cours",
        "Au plus 40,5 heures",
    ]


def test_a_page_without_french_texts_says_that_it_is_english(root: Any, client: Client) -> None:
    assert '<h1 lang="en">Continuous learning</h1>' in (
        client.get("/", headers=FRENCH).content.decode()
    )
    HomePage.objects.update(title_fr="Formation continue", introduction_fr="Bienvenue.")
    CataloguePage.objects.update(title_fr="Répertoire")
    french = client.get("/", headers=FRENCH).content.decode()
    assert '<h1 lang="fr">Formation continue</h1>' in french
    assert '<p class="cr-lead" lang="fr">Bienvenue.</p>' in french
    assert 'lang="fr">Répertoire</a>' in french
    assert '<h1 lang="en">Continuous learning</h1>' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/offerings",
        "/api/v1/offerings?q=bread",
        "/api/v1/offerings/bread",
        "/api/v1/offerings?hours_max=soon",
        "/api/v1/facets",
        "/api/v1/changes",
        "/api/v1/offerings/missing",
    ],
)
def test_the_api_says_the_same_to_everyone(bread: Any, client: Client, address: str) -> None:
    english = client.get(address)
    client.get("/", {"lang": "fr"})
    french = client.get(address, headers=FRENCH)
    assert french.content == english.content
    assert french.headers.get("ETag") == english.headers.get("ETag")
    for response in (english, french):
        assert not {"accept-language", "cookie"} & vary(response)
        assert "Content-Language" not in response.headers


def test_the_admin_keeps_to_the_users_own_choice(
    root: Any, client: Client, people: dict[str, Any]
) -> None:
    client.force_login(people["superuser"])
    response = client.get("/admin/", headers=FRENCH)
    assert '<html lang="en"' in response.content.decode()
    assert client.get("/admin/?lang=fr").status_code == 200


def test_the_editor_speaks_the_french_of_a_person_who_chose_it(
    root: Any, client: Client, people: dict[str, Any]
) -> None:
    UserProfile.objects.create(user=people["editor"], preferred_language="fr")
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_pages:add", args=["credentials", "course", root.pk]))
    assert "Protocole d’élaboration (annexe A)" in page.content.decode()
