"""Law 1, tried through Wagtail's API v3 with a superuser's token."""

import json
from typing import Any

import pytest
from django.test import Client

from credentials.models import MicroCredential, Offering, PublishedVersion
from tests.tokens import bearer

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


class TestAuthoringApi:
    """Wagtail's API v3, with a superuser's token."""

    @pytest.fixture
    def api(self, people: Any) -> Any:
        """Call the authoring API as a superuser."""
        client = Client(headers=bearer(people["superuser"]))

        def call(method: str, path: str, body: Any = None) -> Any:
            return client.generic(
                method, f"/api/v3/pages/{path}", json.dumps(body), content_type="application/json"
            )

        return call

    def test_creating_with_publish(self, api: Any, root: Any) -> None:
        response = api(
            "POST",
            "",
            {
                "title": SECRET,
                "slug": "by-api",
                "summary": "x",
                "description": "<p>x</p>",
                "category": "short_course",
                "delivery_modes": ["online"],
                "hours": "3",
                "meta": {"type": "credentials.Course", "parent_id": root.pk, "action": "publish"},
            },
        )
        assert response.status_code in (201, 403, 422), response.content
        assert not Offering.objects.filter(live=True).exists()

    def test_patching_with_publish(self, api: Any, changed: Any, public_words: Any) -> None:
        response = api(
            "PATCH",
            f"{changed.pk}/",
            {
                "competency": SECRET + "!",
                "meta": {"type": "credentials.MicroCredential", "action": "publish"},
            },
        )
        assert response.status_code in (200, 403, 422), response.content
        assert SECRET not in public_words()

    def test_publishing(self, api: Any, changed: Any, unapproved: Any, public_words: Any) -> None:
        for offering in (changed, unapproved):
            response = api("POST", f"{offering.pk}/actions/publish/")
            assert response.status_code == 403
            assert SENTENCE in response.json()["detail"]
        assert SECRET not in public_words()

    def test_copying_live(self, api: Any, changed: Any, client: Client) -> None:
        response = api("POST", f"{changed.pk}/actions/copy/", {"keep_live": True, "slug": "c"})
        assert response.status_code in (201, 403)
        assert PublishedVersion.objects.count() == 1
        assert not Offering.objects.filter(slug="c", live=True).exists()

    def test_aliasing(self, api: Any, changed: Any) -> None:
        response = api("POST", f"{changed.pk}/actions/create_alias/", {"slug": "a"})
        assert response.status_code == 403
        assert not Offering.objects.filter(slug="a").exists()

    def test_unpublishing_and_deleting(self, api: Any, changed: Any) -> None:
        assert api("POST", f"{changed.pk}/actions/unpublish/").status_code in (403, 404)
        assert api("POST", f"{changed.pk}/actions/delete/").status_code in (403, 405)
        assert api("DELETE", f"{changed.pk}/").status_code in (403, 409)
        assert MicroCredential.objects.get(pk=changed.pk).live
