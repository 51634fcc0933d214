"""What waits for a condition, for its bundle or for the end of a hold stays unpublished."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.models import PublishedVersion
from tests.committee import carry
from tests.factories import CourseFactory
from tests.people import person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.committee.conditions import confirm_condition
from workflows.exceptions import DecisionRefused
from workflows.models import Bundle, BundledOffering, Condition, Motion
from workflows.proposals.actions import hold, resume, withdraw
from workflows.proposals.bundles import dissolve_bundle, make_bundle

pytestmark = pytest.mark.django_db


def published() -> set[int]:
    return set(PublishedVersion.objects.values_list("offering", flat=True))


def end_beneath(offering: Any) -> None:
    """End the stage as Wagtail's own task state does, and the route with it."""
    stage_state(offering).taskstate_ptr.approve(user=person("department", 2))


def finish(offering: Any) -> None:
    """End the route in code."""
    stage_state(offering).workflow_state.finish(user=person("department", 2))


def go_on(offering: Any) -> None:
    """Let the stage go on, which it does only when nothing is waited for."""
    stage_state(offering).go_on(person("department", 2))


WAYS = [end_beneath, finish, go_on]


def try_to(way: Any, offering: Any) -> None:
    """Whether it is refused with a reason or does nothing, both will do."""
    try:
        way(offering)
    except DecisionRefused as refused:
        assert "cannot be published yet" in str(refused)


class TestConditions:
    @pytest.mark.parametrize("way", WAYS)
    def test_no_code_publishes_before_they_are_met(
        self, proposal: Any, seated: Any, way: Any
    ) -> None:
        carry(proposal, conditions=("Hire staff.",))
        try_to(way, proposal)
        assert not published()

    def test_nobody_else_confirms_them(
        self, proposal: Any, seated: Any, people: Any, signed_in: Any
    ) -> None:
        condition = carry(proposal, conditions=("Hire staff.",)).conditions.get()
        address = reverse("governance:confirm_condition", args=[condition.pk])
        for someone in (seated["second"], person("editor"), people["editor"], people["superuser"]):
            signed_in(someone).post(address, {"note": "Done."})
        signed_in(seated["secretary"]).post(address, {"note": " "})
        signed_in(seated["secretary"]).get(address, {"note": "Done."})
        assert Condition.objects.filter(met__isnull=True).exists()
        assert not published()

    def test_a_proposal_submitted_again_owes_nothing_to_the_vote_of_before(
        self, proposal: Any, seated: Any
    ) -> None:
        condition = carry(proposal, conditions=("Hire staff.",)).conditions.get()
        withdraw(proposal, person("editor"), "The partner left.")
        submit(proposal, person("editor"))
        with pytest.raises(DecisionRefused):
            confirm_condition(condition, seated["secretary"], "Done.")
        assert stage_state(proposal).task.name == "Department review"
        assert not published()


@pytest.mark.clause("GB-3")
class TestBundles:
    @pytest.fixture
    def course(self, proposal: Any, root: Any) -> Any:
        """A course decided on its whole route, in a bundle with the proposal, which is not."""
        made = CourseFactory(parent=root, author=person("editor", 2))
        submit(made, person("editor", 2))
        make_bundle(person("department"), [proposal, made], "Two halves", "They share a lab.")
        approve(made, person("department"))
        return made

    @pytest.mark.parametrize("way", WAYS)
    def test_one_alone_is_not_published(self, course: Any, way: Any) -> None:
        try_to(way, course)
        assert not published()

    def test_the_author_of_one_does_not_undo_what_was_bundled_for_all(
        self, course: Any, signed_in: Any
    ) -> None:
        bundle = Bundle.objects.get()
        for author in (person("editor"), person("editor", 2)):
            with pytest.raises(DecisionRefused, match="dissolve"):
                dissolve_bundle(bundle, author)
            signed_in(author).post(reverse("governance:bundle", args=[bundle.pk]))
        assert Bundle.objects.get().state == Bundle.State.OPEN
        assert not published()

    def test_looking_at_a_bundle_does_not_dissolve_it(self, course: Any, signed_in: Any) -> None:
        bundle = Bundle.objects.get()
        signed_in(person("department")).get(reverse("governance:bundle", args=[bundle.pk]))
        assert Bundle.objects.get().state == Bundle.State.OPEN

    def test_one_added_afterwards_is_waited_for_too(
        self, course: Any, proposal: Any, root: Any, seated: Any
    ) -> None:
        late = CourseFactory(parent=root)
        BundledOffering.objects.create(bundle=Bundle.objects.get(), offering=late, title="Late")
        carry(proposal)
        assert not published()

    def test_what_is_on_hold_is_not_published_with_the_others(
        self, course: Any, proposal: Any, seated: Any
    ) -> None:
        hold(stage_state(course), person("department"), "A complaint came in.")
        carry(proposal)
        assert not published()
        resume(stage_state(course), person("department"))
        assert published() == {course.pk, proposal.pk}

    def test_dissolving_publishes_nothing_that_is_on_hold(self, course: Any, proposal: Any) -> None:
        hold(stage_state(course), person("department"), "A complaint came in.")
        dissolve_bundle(Bundle.objects.get(), person("department"))
        assert not published()
        resume(stage_state(course), person("department"))
        assert published() == {course.pk}

    def test_taking_off_hold_publishes_no_changed_words(self, course: Any, proposal: Any) -> None:
        hold(stage_state(course), person("department"), "A complaint came in.")
        edit(course, by=person("editor"), summary="Unapproved words")
        dissolve_bundle(Bundle.objects.get(), person("department"))
        resume(stage_state(course), person("department"))
        assert not published()

    def test_the_last_one_takes_the_rest_along_whichever_code_ends_it(
        self, course: Any, proposal: Any, seated: Any
    ) -> None:
        """The bundle is never half published."""
        hold(stage_state(course), person("department"), "A complaint came in.")
        carry(proposal)
        try_to(end_beneath, proposal)
        assert published() in (set(), {course.pk, proposal.pk})


def test_a_hold_stops_the_closing_and_loses_no_ballot(
    motion: Motion, proposal: Any, seated: Any, signed_in: Any
) -> None:
    signed: Client = signed_in(seated["second"])
    signed.post(
        reverse("governance:motion", args=[motion.pk]),
        {"choice": "yes", "comment": "", "content_hash": motion.content_hash},
    )
    hold(stage_state(proposal), seated["third"], "A complaint came in.")
    for name in ("chair", "third"):
        signed_in(seated[name]).post(
            reverse("governance:motion", args=[motion.pk]),
            {"choice": "yes", "comment": "", "content_hash": motion.content_hash},
        )
    signed_in(seated["chair"]).post(reverse("governance:close_motion", args=[motion.pk]))
    assert Motion.objects.get().is_open
    assert motion.ballots.count() == 3
    assert draft(proposal).live is False
