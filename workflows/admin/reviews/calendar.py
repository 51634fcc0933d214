"""Due dates of reviews by month: a calendar that is a list, so that everybody can read it."""

import calendar
import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from credentials.admin.trails import AdminPage, Trail
from credentials.compliance.policies import policy_in_force
from credentials.exceptions import NoPolicyInForce
from credentials.policy.months import months_after
from workflows.admin.reviews.page import may_read_reviews, reviews_trail
from workflows.models import ReviewCycle

MONTHS_SHOWN = 12
YEARS_AROUND = 100  # further off nothing is due, and the calendar itself ends


@dataclass(frozen=True)
class DueItem:
    """One review on its day; `state` in words, empty for the policy's own."""

    on: datetime.date
    title: str
    url: str
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class Month:
    """A month with what is due in it, by day."""

    first: datetime.date
    items: list[DueItem] = field(default_factory=list)

    @property
    def key(self) -> str:
        """For addresses and headings."""
        return f"{self.first:%Y-%m}"


class ReviewCalendarView(AdminPage, TemplateView):
    """A year of due dates, or one month as weeks; the policy's own review among them (PO-1)."""

    template_name = "workflows/admin/review_calendar.html"
    page_title = gettext_lazy("Reviews by due date")
    header_icon = "calendar-alt"

    def trail(self) -> Trail:
        return reviews_trail(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_reviews(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_month(self) -> bool:
        """Whether one month was asked for as weeks."""
        return self.request.GET.get("view") == "month"

    @cached_property
    def first(self) -> datetime.date:
        """The first day shown: of the month that was asked for, else of this one."""
        this_month = timezone.localdate().replace(day=1)
        try:
            asked = datetime.date.fromisoformat(f"{self.request.GET.get('from', '')}-01")
        except ValueError:
            return this_month
        is_near = abs(asked.year - this_month.year) <= YEARS_AROUND
        return asked if is_near else this_month

    @cached_property
    def last(self) -> datetime.date:
        """The day after the last one shown."""
        return months_after(self.first, 1 if self.is_month else MONTHS_SHOWN)

    @cached_property
    def items(self) -> list[DueItem]:
        """What is due between the two; reviews that are closed are left out."""
        today = timezone.localdate()
        cycles = ReviewCycle.objects.standing().filter(due_on__gte=self.first, due_on__lt=self.last)
        found = [
            DueItem(
                cycle.due_on,
                cycle.offering.title,
                reverse("governance:review", args=[cycle.pk]),
                str(cycle.get_state_display()),
                cycle.due_on < today,
            )
            for cycle in cycles.select_related("offering").order_by("due_on", "offering__title")
        ]
        return sorted([*self._policy(today), *found], key=lambda item: item.on)

    def _policy(self, today: datetime.date) -> list[DueItem]:
        try:
            version = policy_in_force()
        except NoPolicyInForce:
            return []
        due = version.review_due_on
        if not self.first <= due < self.last:
            return []
        title = _("The policy %(label)s") % {"label": version.label}
        return [DueItem(due, title, reverse("policy:index"), "PO-1", due < today)]

    def months(self) -> list[Month]:
        """The months shown with what is due in each."""
        count = 1 if self.is_month else MONTHS_SHOWN
        months = [Month(months_after(self.first, number)) for number in range(count)]
        by_key = {month.key: month for month in months}
        for item in self.items:
            by_key[f"{item.on:%Y-%m}"].items.append(item)
        return months

    def weeks(self) -> list[list[tuple[datetime.date, list[DueItem]]]]:
        """The month's weeks, Monday first, each day with what is due on it."""
        by_day: dict[datetime.date, list[DueItem]] = {}
        for item in self.items:
            by_day.setdefault(item.on, []).append(item)
        days = calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)
        return [[(day, by_day.get(day, [])) for day in week] for week in days]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = 1 if self.is_month else MONTHS_SHOWN
        monday = datetime.date(2024, 1, 1)
        return {
            **super().get_context_data(**kwargs),
            "is_month": self.is_month,
            "first": self.first,
            "months": self.months(),
            "weeks": self.weeks() if self.is_month else [],
            "weekdays": [
                date_format(monday + datetime.timedelta(days=number), "l") for number in range(7)
            ],
            "before": f"{months_after(self.first, -step):%Y-%m}",
            "after": f"{months_after(self.first, step):%Y-%m}",
            "here": f"{self.first:%Y-%m}",
            "overdue": ReviewCycle.objects.overdue().filter(due_on__lt=self.first).count(),
        }
