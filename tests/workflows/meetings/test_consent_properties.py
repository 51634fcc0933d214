"""Whatever members do in whatever order, a vote on all changes no ballot, and objections count."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.people.roles import grant_roles
from tests.committee import vote
from tests.workflows.meetings.consenting import (
    TITLES,
    meeting_under_way,
    motion_on,
    seated_people,
    shown_to,
    votes,
)
from workflows.agendas.consent import OBJECTING, open_consent_motions
from workflows.choices import Choice
from workflows.meetings.consent_votes import AT_ONCE, vote_on_consent
from workflows.models import Meeting

pytestmark = pytest.mark.django_db

NAMES = ("chair", "second", "third")
EXAMPLES = 15
single = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(TITLES),
    st.sampled_from([Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.DISCUSS]),
)
on_all = st.tuples(st.sampled_from(NAMES), st.just(""), st.sampled_from(AT_ONCE))


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """The committee."""
    grant_roles(root)
    return seated_people()


@pytest.fixture
def meeting(root: Any, seated: dict[str, Any]) -> Meeting:
    """Three consent items are open for a vote."""
    return meeting_under_way(root, seated)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(single | on_all, max_size=8), is_stale=st.booleans())
def test_no_vote_on_all_changes_a_ballot(
    meeting: Meeting, seated: dict[str, Any], acts: list[tuple[str, str, str]], is_stale: bool
) -> None:
    with transaction.atomic():
        read_at_first = {name: shown_to(meeting, seated[name]) for name in NAMES}
        objected: set[str] = set()
        for name, title, choice in acts:
            someone = seated[name]
            before = votes(someone)
            if title:
                vote(motion_on(title), someone, choice, "Why?")
                cast_on = {title}
            else:
                shown = read_at_first[name] if is_stale else shown_to(meeting, someone)
                came = vote_on_consent(meeting, someone, choice, shown)
                cast_on = set(TITLES) - set(before) - objected
                assert set(came.voted_on) == cast_on
                assert {key: votes(someone)[key] for key in before} == before
            objected |= cast_on if choice in OBJECTING else set()
            standing = {motion.subject for motion in open_consent_motions(meeting)}
            assert standing == set(TITLES) - objected
        transaction.set_rollback(True)
