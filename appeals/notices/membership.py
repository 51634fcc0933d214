"""Who comes into the groups of appeals and who leaves them: logged, and told to the office (AP-1).

Whoever is in these groups sees cases, so nobody gets in unnoticed, however it is done: in the
admin or by code, from the person's side or the group's, or by giving a group another's name.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import get_active_log_context

from appeals.access.door import DECIDER
from appeals.access.office import OFFICE
from appeals.choices import Looked
from appeals.models import CaseAccess
from appeals.notices.mail import TEMPLATES, office_of
from credentials.conf import conf
from credentials.mail import send_on_commit
from credentials.people.actors import Actor, actor_of, name_of

# Before it is done, so that those who are told are those who were in the office until then.
CHANGES = {
    "pre_add": Looked.MEMBER_ADDED,
    "pre_remove": Looked.MEMBER_REMOVED,
    "pre_clear": Looked.MEMBER_REMOVED,
}
Found = Iterator[tuple[str, list[Any]]]


@receiver(m2m_changed, sender=get_user_model().groups.through, dispatch_uid="appeals.members")
def note_membership(instance: Any, action: str, pk_set: set[Any] | None, **sent: Any) -> None:
    """Signal receiver: log who is added or removed, and tell the office on commit."""
    what = CHANGES.get(action)
    if what is None:
        return
    changed = _of_group if sent["reverse"] else _of_person
    for group, people in changed(instance, pk_set, what == Looked.MEMBER_REMOVED):
        _note(what, group, people)


@receiver(pre_save, sender=Group, dispatch_uid="appeals.renamed")
def note_renaming(instance: Group, **sent: Any) -> None:
    """Signal receiver: roles go by the names of groups, so a new name is a change of members."""
    before = Group.objects.filter(pk=instance.pk).values_list("name", flat=True).first()
    if before is None or before == instance.name:
        return
    for name, what in ((before, Looked.MEMBER_REMOVED), (instance.name, Looked.MEMBER_ADDED)):
        if name in _watched():
            _note(what, name, list(get_user_model().objects.filter(groups=instance.pk)))


def _of_group(group: Group, pk_set: set[Any] | None, is_there: bool) -> Found:
    if group.name in _watched():
        people = get_user_model().objects.order_by("pk")
        if pk_set is not None:
            people = people.filter(pk__in=pk_set)
        yield group.name, list(people.filter(groups=group.pk) if is_there else people)


def _of_person(person: Any, pk_set: set[Any] | None, is_there: bool) -> Found:
    groups = Group.objects.filter(name__in=_watched()).order_by("pk")
    if pk_set is not None:
        groups = groups.filter(pk__in=pk_set)
    for group in groups.filter(user=person.pk) if is_there else groups:
        yield group.name, [person]


def _watched() -> set[str]:
    names = conf().ROLE_GROUPS
    return {names[OFFICE], names[DECIDER]}


def _note(what: Looked, group: str, people: list[Any]) -> None:
    by = _who()
    for person in people:
        detail = f"{group}: {name_of(person)}"[:200]
        CaseAccess.objects.create(what=what, detail=detail, by_key=by.key, by_name=by.name)
    context = {
        "is_added": what == Looked.MEMBER_ADDED,
        "group": group,
        "people": ", ".join(name_of(person) for person in people),
        "by": by.name,
        "link": get_admin_base_url() + reverse("appeals_admin:log"),
    }
    for member in office_of() if people else ():
        if member.email:
            send_on_commit(member.email, f"{TEMPLATES}/membership", context)


def _who() -> Actor:
    """Who is signed in to the admin; nobody where it is done by code."""
    user = get_active_log_context().user
    return actor_of(user) if user is not None and user.is_authenticated else Actor("", "")
