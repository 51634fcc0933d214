"""Who has which role, and what each role's group may do in the admin, below one page."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from credentials.conf import conf
from credentials.people.actors import Person

PAGE_PERMISSIONS = {
    "editor": ["add_page", "change_page"],
    "department": ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    "committee": [],
    "policy_owner": [],
    "appeals_office": [],
    "appeals_decider": [],
}
MEDIA_PERMISSIONS = {
    "editor": ["add_image", "choose_image", "add_document", "choose_document"],
    "department": [
        "add_image",
        "change_image",
        "choose_image",
        "add_document",
        "change_document",
        "choose_document",
    ],
    "committee": ["choose_document"],
    "policy_owner": ["choose_document"],
}
RECORD = [
    "view_decision",
    "view_approval",
    "view_publishedversion",
    "view_retirementrequest",
    "view_agreement",
    "view_committee",
    "view_motion",
    "view_meeting",
    "view_bundle",
    "view_decisionletter",
    "view_reviewcycle",
]
MODEL_PERMISSIONS = {
    "editor": [*RECORD, "change_agreement"],
    "department": [
        *RECORD,
        "view_policyversion",
        "view_annualreport",
        "own_message_templates",
        "import_offerings",
        "change_agreement",
        "change_committee",
        "view_jobrun",
        *(
            f"{action}_{model}"
            for model in ("academicunit", "skill")
            for action in ("add", "change", "delete", "view")
        ),
    ],
    "committee": [*RECORD, "view_policyversion", "view_annualreport"],
    "policy_owner": [
        *RECORD,
        "view_policyversion",
        "view_annualreport",
        "own_policy",
        "change_committee",
        "override_decision",
    ],
}


def has_role(person: Person, role: str) -> bool:
    """Whether a person is in the group of a role; all are read at once for each user object."""
    if person.pk is None or not person.is_active:
        return False
    if "_groups" not in person.__dict__:
        groups = Group.objects.filter(user__pk=person.pk)
        person.__dict__["_groups"] = frozenset(groups.values_list("name", flat=True))
    return conf().ROLE_GROUPS[role] in person.__dict__["_groups"]


def grant_roles(page: Page) -> None:
    """Give every role's group its permissions below `page`. Safe to repeat.

    Publishing an offering is no permission: its route publishes it (law 1).
    """
    for role, name in conf().ROLE_GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(
                content_type__app_label="wagtailadmin", codename="access_admin"
            ),
            *Permission.objects.filter(
                content_type__app_label__in=["credentials", "workflows", "appeals"],
                codename__in=MODEL_PERMISSIONS.get(role, []),
            ),
        )
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS.get(role, [])
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
        for permission in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"],
            codename__in=MEDIA_PERMISSIONS.get(role, []),
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
