"""Versions of a text: drafted, adopted, compared, gone back to; by its owner alone."""

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.message_adoption import adopt, draft_from
from credentials.models import LogEntry, MessageAdoption, MessageTemplate, Seal
from credentials.record.log.batches import seal_all
from credentials.record.log.facts import disagreements
from tests.people import person

pytestmark = pytest.mark.django_db

KEY = "letter_changes"
BODY = "Dear colleague,\n\n"


@pytest.fixture
def office(people: dict[str, Any], client: Client) -> Any:
    """Somebody of the office that owns the texts, signed in."""
    client.force_login(people["department"])
    return people["department"]


@pytest.fixture
def draft(office: Any) -> MessageTemplate:
    """A draft that greets."""
    made = draft_from(MessageTemplate.objects.text_in_force(KEY), office)
    made.body_en = BODY + made.body_en
    made.save()
    return made


def today() -> datetime.date:
    return timezone.localdate()


def posted(client: Client, name: str, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"letters:{name}", args=args), data)


def test_a_draft_is_used_for_nothing_until_it_is_adopted(draft: Any, office: Any) -> None:
    assert MessageTemplate.objects.text_in_force(KEY).label == "Supplied text"
    adopt(draft, today(), office)
    assert MessageTemplate.objects.text_in_force(KEY) == draft
    assert MessageTemplate.objects.texts_in_force()[KEY] == draft
    assert MessageTemplate.objects.texts_in_force()["stage"].label == "Supplied text"


def test_of_two_adopted_for_one_day_the_later_one_holds_and_a_day_to_come_waits(
    draft: Any, office: Any
) -> None:
    adopt(draft, today(), office)
    second, third = draft_from(draft, office), draft_from(draft, office)
    assert (second.number, second.based_on, third.number) == (2, draft, 3)
    adopt(third, today() + datetime.timedelta(days=1), office)
    adopt(second, today(), office)
    assert MessageTemplate.objects.text_in_force(KEY) == second


def test_an_adopted_text_never_changes_in_the_database_either(draft: Any, office: Any) -> None:
    adopt(draft, today(), office)
    for attack in (
        lambda: MessageTemplate.objects.filter(pk=draft.pk).update(body_en="Forged"),
        lambda: MessageTemplate.objects.filter(pk=draft.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()
    with pytest.raises(ValidationError, match="adopted already"):
        adopt(draft, today(), office)


def test_a_text_is_sealed_with_its_adoption(draft: Any, office: Any) -> None:
    adoption = adopt(draft, today(), office)
    seal_all()
    seal = Seal.objects.get(table=MessageAdoption._meta.db_table, row=adoption.pk)
    leaf = json.loads(LogEntry.objects.get(pk=seal.entry_id).entry)
    assert disagreements(leaf, adoption, bytes(seal.salt)) == []
    remove_triggers(connection)
    MessageTemplate.objects.filter(pk=draft.pk).update(body_en="Forged")
    install_triggers(connection)
    assert disagreements(leaf, adoption, bytes(seal.salt)) == ["sealed"]


def test_no_text_takes_force_in_the_past_or_with_something_missing(draft: Any, office: Any) -> None:
    with pytest.raises(ValidationError, match="in the past"):
        adopt(draft, today() - datetime.timedelta(days=1), office)
    MessageTemplate.objects.filter(pk=draft.pk).update(body_en="Goodbye.")
    with pytest.raises(ValidationError, match="has to say"):
        adopt(draft, today(), office)
    assert not MessageAdoption.objects.exists()


def test_nobody_else_writes_or_reads_them(draft: Any, people: dict[str, Any]) -> None:
    pages = [
        reverse("letters:index"),
        reverse("letters:occasion", args=[KEY]),
        reverse("letters:new_draft_supplied", args=[KEY]),
        *(
            reverse(f"letters:{name}", args=[draft.pk])
            for name in ("version", "edit", "changes", "delete", "adopt")
        ),
    ]
    for role in ("editor", "committee", "policy_owner"):
        for act in (
            lambda: draft_from(draft, person(role)),  # noqa: B023 (called in this turn)
            lambda: adopt(draft, today(), person(role)),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                act()
        client = Client()
        client.force_login(people.get(role) or person(role))
        for page in pages:
            for answer in (client.get(page), client.post(page)):
                assert answer.status_code in (302, 403), page
                assert answer.get("Location", "/admin/") == "/admin/"
    assert MessageTemplate.objects.count() == 1


def test_from_the_list_to_a_text_in_force(office: Any, client: Client) -> None:
    page = client.get(reverse("letters:index")).content.decode()
    assert "Supplied text" in page
    assert reverse("letters:occasion", args=[KEY]) in page
    assert (
        "There is no version yet"
        in client.get(reverse("letters:occasion", args=[KEY])).content.decode()
    )
    client.get(reverse("letters:new_draft_supplied", args=[KEY]))
    begun = posted(client, "new_draft_supplied", KEY)
    draft = MessageTemplate.objects.get()
    assert begun.url == reverse("letters:edit", args=[draft.pk])
    texts = {name: getattr(draft, name) for name in ("subject_en", "subject_fr", "body_fr")}
    refused = posted(client, "edit", draft.pk, **texts, body_en=f"{draft.body_en} {{fee}}")
    assert "{fee} is not known" in refused.content.decode()
    saved = posted(client, "edit", draft.pk, **texts, body_en=BODY + draft.body_en)
    assert saved.url == reverse("letters:version", args=[draft.pk])
    page = client.get(saved.url).content.decode()
    assert "Dear colleague," in page
    assert "Décision" in page
    assert (
        "Dear colleague" in client.get(reverse("letters:changes", args=[draft.pk])).content.decode()
    )
    assert (
        "Dear colleague" in client.get(reverse("letters:adopt", args=[draft.pk])).content.decode()
    )
    day = today().isoformat()
    unsure = posted(client, "adopt", draft.pk, in_force_from=day)
    assert "Confirm that it cannot be undone." in unsure.content.decode()
    posted(client, "adopt", draft.pk, in_force_from=day, understood="on")
    assert MessageTemplate.objects.text_in_force(KEY) == draft
    assert posted(client, "edit", draft.pk, **texts, body_en="x").status_code == 302
    assert posted(client, "delete", draft.pk).status_code == 302
    draft.refresh_from_db()
    assert draft.body_en.startswith(BODY)


def test_an_older_version_and_the_supplied_text_come_back(
    draft: Any, office: Any, client: Client
) -> None:
    supplied = MessageTemplate.objects.text_in_force(KEY).body_en
    adopt(draft, today(), office)
    posted(client, "new_draft_supplied", KEY)
    back = MessageTemplate.objects.latest("pk")
    assert back.body_en == supplied
    adopt(back, today(), office)
    posted(client, "new_draft", KEY, draft.pk)
    again = MessageTemplate.objects.latest("pk")
    assert (again.body_en, again.based_on) == (draft.body_en, draft)
    assert posted(client, "new_draft", "stage", draft.pk).status_code == 404


def test_a_draft_on_which_none_is_based_can_be_given_up(
    draft: Any, office: Any, client: Client
) -> None:
    assert "is lost" in client.get(reverse("letters:delete", args=[draft.pk])).content.decode()
    posted(client, "delete", draft.pk)
    assert not MessageTemplate.objects.exists()


def test_the_list_asks_the_same_however_many_versions_there_are(
    draft: Any, office: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _round in range(5):
        adopt(draft_from(draft, office), today(), office)
    with django_assert_max_num_queries(20):
        client.get(reverse("letters:index"))
