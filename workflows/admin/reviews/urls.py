"""Addresses in the admin: reviews."""

from django.urls import URLPattern, path

from workflows.admin.reviews.calendar import ReviewCalendarView
from workflows.admin.reviews.motion import OpenReviewMotionView
from workflows.admin.reviews.page import (
    CallOffView,
    ConcludeView,
    LeadView,
    ReturnStudyView,
    ReviewView,
)
from workflows.admin.reviews.schedule import ScheduleReviewsView
from workflows.admin.reviews.study import StudyView

urlpatterns: list[URLPattern] = [
    path("reviews/calendar/", ReviewCalendarView.as_view(), name="review_calendar"),
    path("reviews/schedule/", ScheduleReviewsView.as_view(), name="schedule_reviews"),
    path("reviews/<key:pk>/", ReviewView.as_view(), name="review"),
    path("reviews/<key:pk>/study/", StudyView.as_view(), name="review_study"),
    path("reviews/<key:pk>/conclude/", ConcludeView.as_view(), name="conclude_review"),
    path("reviews/<key:pk>/return/", ReturnStudyView.as_view(), name="return_study"),
    path("reviews/<key:pk>/lead/", LeadView.as_view(), name="review_lead"),
    path("reviews/<key:pk>/call-off/", CallOffView.as_view(), name="call_off_review"),
    path("reviews/<key:pk>/motion/", OpenReviewMotionView.as_view(), name="open_review_motion"),
]
