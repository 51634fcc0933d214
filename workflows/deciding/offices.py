"""Who belongs to which office."""

from credentials.people.actors import Person
from credentials.people.roles import has_role
from workflows.choices import Office


def is_in_office(person: Person, office: Office) -> bool:
    """Whether a person belongs to an office; asked once for each user object and office."""
    return has_role(person, office)
