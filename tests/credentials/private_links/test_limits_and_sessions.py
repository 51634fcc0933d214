"""The algebra of limits and of what a browser remembers (law 6)."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.models import RequestCount
from credentials.private_links import opened
from credentials.private_links.request_limits import Limit, TooMany, forget_old_counts, spend

KEYS = st.sampled_from(["a", "b", "c"])
ROOMS = st.sampled_from(["one", "another"])
STEPS = st.lists(st.tuples(st.sampled_from(["open", "stay", "close", "wait"]), ROOMS, KEYS))
HOUR = datetime.timedelta(hours=1)


class Session(dict[str, Any]):
    """A browser's session, as far as it is asked."""

    cycles = 0

    def cycle_key(self) -> None:
        self.cycles += 1


@given(steps=STEPS)
def test_what_is_open_is_what_was_opened_less_than_an_hour_ago(
    steps: list[tuple[str, str, str]],
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        now = timezone.now()
        session: Any = Session()
        until: dict[tuple[str, str], datetime.datetime] = {}
        cycles = 0
        for step, room, key in steps:
            patched.setattr(timezone, "now", lambda moment=now: moment)
            was_open = until.get((room, key), now) > now
            if step == "open":
                opened.open_for_an_hour(session, room, key)
                until[room, key] = now + HOUR
            elif step == "stay":
                opened.stay_open(session, room, key)
                until[room, key] = now + HOUR if was_open else now
            elif step == "close":
                opened.close(session, room, key)
                until.pop((room, key), None)
            else:
                now += datetime.timedelta(minutes=25)
                patched.setattr(timezone, "now", lambda moment=now: moment)
            cycles += step in ("open", "close")
            for one in ("one", "another"):
                for other in ("a", "b", "c"):
                    assert opened.is_open(session, one, other) == (
                        until.get((one, other), now) > now
                    )
        assert session.cycles == cycles


@pytest.mark.django_db
@given(most=st.integers(1, 4), steps=st.lists(st.sampled_from(["x", "y", "wait"]), max_size=30))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_so_many_within_a_time_and_no_more(db: None, most: int, steps: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        now = timezone.now()
        RequestCount.objects.all().delete()
        limit = Limit("tests", most, HOUR)
        began: dict[str, tuple[datetime.datetime, int]] = {}
        for step in steps:
            patched.setattr(timezone, "now", lambda moment=now: moment)
            if step == "wait":
                now += datetime.timedelta(minutes=35)
                continue
            start, count = began.get(step, (now, 0))
            start, count = (start, count) if now < start + HOUR else (now, 0)
            if count < most:
                spend(limit, f" {step.upper()}")  # however the place is written
                count += 1
            else:
                with pytest.raises(TooMany, match="Wait"):
                    spend(limit, step)
            began[step] = (start, count)
        assert forget_old_counts(now + HOUR) == len(began)
        assert not RequestCount.objects.exists()


@pytest.mark.django_db
def test_limits_of_different_kinds_are_counted_apart() -> None:
    first, second = Limit("one", 1, HOUR), Limit("two", 1, HOUR)
    spend(first, "somewhere")
    spend(second, "somewhere")
    with pytest.raises(TooMany):
        spend(first, "SOMEWHERE")
