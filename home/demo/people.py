"""The demonstration's people: a sign-in for each role, all with the same known password."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from credentials.conf import conf

PASSWORD = "lakeshore-demo-2026"  # known to everyone: why production settings refuse the demo
EMAIL_DOMAIN = "people.lakeshore.example"


class NameTaken(Exception):
    """An account that is not the demonstration's stands under one of its names."""


@dataclass(frozen=True)
class SignIn:
    """A person to sign in as. `role` is a key of ROLE_GROUPS, or empty for the superuser.

    The role "unit" has no group of its own: academic units have theirs, see `taxonomy`.
    """

    username: str
    first_name: str
    last_name: str
    role: str
    does: str

    @property
    def email(self) -> str:
        return f"{self.username}@{EMAIL_DOMAIN}"


SIGN_INS = (
    SignIn("editor", "Maren", "Ostrowe", "editor", "drafts and submits offerings"),
    SignIn("department", "Tobias", "Quennell", "department", "reviews; schedules sessions"),
    SignIn("department2", "Ilse", "Varga-Poole", "department", "reviews what the other wrote"),
    SignIn("chair", "Adaeze", "Thornbury", "committee", "chairs the Committee and votes"),
    SignIn("vicechair", "Rafael", "Okonjo-Bright", "committee", "votes; presides for the chair"),
    SignIn("member1", "Henrik", "Lascelle", "committee", "votes as a Committee member"),
    SignIn("member2", "Priyanka", "Dunmore", "committee", "votes as a Committee member"),
    SignIn("secretary", "Noor", "Fairweather", "committee", "runs the Committee's meetings"),
    SignIn("unit", "Eluned", "Marchetti", "unit", "signs for the academic units"),
    SignIn("provost", "Ambrose", "Kettering", "policy_owner", "owns the policy; drafts versions"),
    SignIn("appeals", "Solveig", "Tamarack", "appeals_office", "works appeals; reads the log"),
    SignIn("appeals2", "Benedikt", "Ashgrove", "appeals_office", "works appeals"),
    SignIn("deputy", "Marguerite", "Oyelaran-Voss", "appeals_decider", "decides appeals"),
    SignIn("admin", "Site", "Administrator", "", "administers the site; decides nothing"),
)


@dataclass(frozen=True)
class People:
    """The accounts that write and decide, by role, in the order of SIGN_INS."""

    by_role: dict[str, list[Any]]

    def is_ours(self, sign_in: SignIn) -> bool:
        """False for an administrator's account of the same name, whose password stays theirs."""
        return any(
            user.get_username() == sign_in.username and user.email == sign_in.email
            for user in self.by_role[sign_in.role]
        )

    @property
    def editor(self) -> Any:
        """The author of every proposal."""
        return self.by_role["editor"][0]

    @property
    def unit(self) -> Any:
        """The faculty member who signs for the academic units."""
        return self.by_role["unit"][0]

    @property
    def policy_owner(self) -> Any:
        """The office that owns the policy (SC-3)."""
        return self.by_role["policy_owner"][0]

    @property
    def administrator(self) -> Any:
        """Who administers the site."""
        return self.by_role[""][0]

    def decider(self, office: str, turn: int) -> Any:
        """A member of an office; turns pass round, so that not one person decides everything."""
        members = self.by_role[office]
        return members[turn % len(members)]


def make_people() -> People:
    """Make the accounts that are missing, in their groups; change none that exists.

    Raises NameTaken when somebody else's account has a name that a role needs.
    """
    by_role: dict[str, list[Any]] = {}
    existing = {
        user.get_username(): user
        for user in get_user_model().objects.filter(
            username__in=[sign_in.username for sign_in in SIGN_INS]
        )
    }
    for sign_in in SIGN_INS:
        user = existing.get(sign_in.username)
        if user is not None and sign_in.role and user.email != sign_in.email:
            raise NameTaken(
                _(
                    "The user name “%(name)s” belongs to another account, which the demonstration "
                    "must not give a known password. Rename that account, or load the "
                    "demonstration into another database."
                )
                % {"name": sign_in.username}
            )
        by_role.setdefault(sign_in.role, []).append(user or _make(sign_in))
    return People(by_role)


def _make(sign_in: SignIn) -> Any:
    user = get_user_model().objects.create(
        username=sign_in.username,
        email=sign_in.email,
        first_name=sign_in.first_name,
        last_name=sign_in.last_name,
        password=make_password(PASSWORD),
        is_staff=not sign_in.role,
        is_superuser=not sign_in.role,
    )
    if group := conf().ROLE_GROUPS.get(sign_in.role):
        user.groups.add(Group.objects.get(name=group))
    return user
