"""Yearly figures: nobody is recognized in a small count, or in what is left beside it (AP-2)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from appeals.models import CaseStatistic
from appeals.statistics import suppressed, yearly

LEAST = 5


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 30)))
def test_no_suppressed_count_can_be_worked_out(counts: dict[str, int]) -> None:
    shown = suppressed(counts, LEAST)
    hidden = [key for key, count in shown.items() if count is None]
    assert all(counts[key] == count for key, count in shown.items() if count is not None)
    assert all(count == 0 or count >= LEAST for count in shown.values() if count is not None)
    others_that_count = [key for key, count in shown.items() if count]
    if hidden and others_that_count:
        assert len(hidden) > 1
        assert sum(counts[key] for key in hidden) >= LEAST


@pytest.mark.django_db
@pytest.mark.clause("AP-2")
def test_a_year_with_few_appeals_shows_no_figure(staff: dict[str, Any], client: Client) -> None:
    for year, count in ((2024, 4), (2025, 7)):
        for number in range(count):
            CaseStatistic.objects.create(
                opened_in=year,
                closed_in=year,
                category="pdc",
                grounds=["new-evidence"],
                outcome="upheld" if number % 2 else "dismissed",
                days_to_decision=10 + number,
                days_to_close=20,
            )
    recent, earlier = yearly(LEAST)
    assert (recent.total, recent.median_days) == (7, 13)
    assert recent.outcomes == {"upheld": None, "dismissed": None}
    assert recent.categories == {"pdc": 7}
    assert (earlier.total, earlier.median_days) == (None, None)
    assert set(earlier.outcomes.values()) == {None}
    client.force_login(staff["office"])
    page = client.get(reverse("appeals_admin:statistics")).content.decode()
    assert "fewer than 5" in page
    assert "2025-26" in page
