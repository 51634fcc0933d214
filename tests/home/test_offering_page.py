"""An offering's page: the approved content, why to trust it, and what it leads to."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from credentials.choices import PrerequisiteKind, StackingApproach
from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.models import Component, Offering, Prerequisite, Session
from tests.factories import (
    CertificateProgramFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
    partner,
    skill,
)
from tests.lifecycle import settle
from tests.on_record import publish_as_is, revise_as_is
from tests.osap import approve_osap
from tests.people import person
from tests.proposals import edit
from workflows.models import Ballot
from workflows.proposals.retirement import request_retirement

pytestmark = pytest.mark.django_db

QUERIES = 20


def html(client: Client, offering: Any, status: int = 200) -> str:
    """The page, with its white space evened out."""
    response = client.get(f"/catalogue/{offering.slug}/")
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def part(offering: Any) -> Offering:
    """An offering as a component or a prerequisite refers to it."""
    return Offering.objects.get(pk=offering.pk)


def end(offering: Any, action: str, **facts: Any) -> None:
    """Retire or withdraw by the Committee's decision."""
    asked = request_retirement(
        offering,
        person("department"),
        action=action,
        note="Replaced by a newer one.",
        reason="Nobody enrolled.",
        **facts,
    )
    settle(asked)


@pytest.fixture
def handling(root: Any) -> Any:
    """A micro-credential with everything a page shows."""
    made = MicroCredentialFactory(
        parent=root,
        title="Safe patient handling",
        weeks=6,
        osap_eligible=True,
        fee_note="Plus materials.",
        admission_requirements="<p>A first-aid certificate.</p>",
        curriculum=[
            (
                "module",
                {
                    "title": "Seeing the risk",
                    "hours": Decimal("8"),
                    "description": "<p>What a body can bear.</p>",
                    "topics": ["Load charts"],
                },
            )
        ],
        children={
            "partners": [partner()],
            "offering_skills": [skill("Risk assessment")],
            "sessions": [
                Session(
                    starts=timezone.localdate() + datetime.timedelta(days=40),
                    place="North Campus",
                    registration_url="https://register.example.org/40",
                ),
                Session(starts=datetime.date(2020, 1, 6), place="Old Campus"),
            ],
        },
    )
    approve_osap(made)
    publish_as_is(made)
    return made


def test_the_page_says_what_a_learner_asks(handling: Any, client: Client) -> None:
    page = html(client, handling)
    for words in (
        "Assess a patient’s risk of falling.",
        "Observed transfer",
        "Moves patients safely.",
        "Seeing the risk",
        "Load charts",
        "A first-aid certificate.",
        "24 hours over 6 weeks",
        "CA$495",
        "Plus materials.",
        "Eligible for OSAP",
        "Not for academic credit",
        "Risk assessment",
        "Lakeshore Health",
        "https://register.example.org/40",
        "policy clause AD-1",
    ):
        assert words in page, words
    assert "Old Campus" not in page


def test_the_page_says_who_approved_it_when_and_under_which_policy(
    handling: Any, client: Client
) -> None:
    page = html(client, handling)
    approval = handling.approvals.get()
    today = date_format(timezone.localtime(approval.decided_at), "j F Y")
    for words in (
        conf().OFFICES["committee"],
        today,
        approval.reference,
        label_in_force(),
        "Version 1",
    ):
        assert words in page, words
    for ballot in Ballot.objects.all():
        assert ballot.cast_by_name not in page


def test_an_editorial_change_does_not_hide_who_approved_the_content(
    handling: Any, client: Client
) -> None:
    first = handling.approvals.get()
    revise_as_is(handling, fee=Decimal("520"))
    response = client.get("/catalogue/safe-patient-handling/")
    page = " ".join(response.content.decode().split())
    assert "CA$520" in page
    assert "Version 2" in page
    assert response.context["approved_in"].approval == first
    assert [version.number for version in response.context["versions"]] == [2, 1]

    revise_as_is(handling, title="Safe handling of patients")
    response = client.get("/catalogue/safe-patient-handling/")
    assert response.context["approved_in"].number == 3


def test_a_draft_shows_nowhere(root: Any, client: Client) -> None:
    for life in (None, "submitted"):
        html(client, CourseFactory(parent=root, life=life), status=404)


def test_an_unapproved_change_does_not_show(handling: Any, client: Client) -> None:
    edit(handling, title="Secret plan", description="<p>Secret words</p>")
    page = html(client, handling)
    assert "Secret" not in page


def test_components_prerequisites_and_what_it_stacks_into_are_linked(
    root: Any, handling: Any, client: Client
) -> None:
    choice = CourseFactory(parent=root, title="Fall prevention", life="live")
    program = CertificateProgramFactory(
        parent=root,
        title="Certificate in community care",
        stacking_approach=StackingApproach.VERTICAL,
        additional_requirements="<p>A portfolio.</p>",
        children={
            "components": [
                Component(part=part(handling)),
                Component(part=part(choice), required=False),
            ],
            "prerequisites": [
                Prerequisite(kind=PrerequisiteKind.PREREQUISITE, requires=part(handling)),
                Prerequisite(kind=PrerequisiteKind.COREQUISITE, description="A placement"),
            ],
        },
        life="live",
    )
    page = html(client, program)
    assert page.count('<a href="/catalogue/safe-patient-handling/">') == 2
    assert "take them in this order" in page
    assert "by choice" in page
    assert "A portfolio." in page
    assert "Corequisite:" in page
    assert "A placement" in page
    assert '<a href="/catalogue/certificate-in-community-care/">' in html(client, handling)

    end(program, "retire")
    assert "/catalogue/certificate-in-community-care/" not in html(client, handling)


def test_a_component_that_was_withdrawn_is_named_without_a_link(
    root: Any, handling: Any, client: Client
) -> None:
    program = CertificateProgramFactory(
        parent=root,
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [Component(part=part(handling))]},
        life="live",
    )
    end(handling, "withdraw")
    page = html(client, program)
    assert "Safe patient handling" in page
    assert "/catalogue/safe-patient-handling/" not in page


def test_a_retired_offering_says_so_and_takes_no_registration(
    handling: Any, client: Client
) -> None:
    end(handling, "retire", teach_out=datetime.date(2027, 4, 30))
    page = html(client, handling)
    assert "no longer open to new learners" in page
    assert "until 30 April 2027" in page
    assert "Replaced by a newer one." in page
    assert "https://register.example.org/40" not in page


def test_a_withdrawn_offering_answers_410_with_day_reason_and_history(
    handling: Any, client: Client
) -> None:
    end(handling, "withdraw")
    page = html(client, handling, status=410)
    day = date_format(timezone.localdate(), "j F Y")
    assert f"Withdrawn on {day}" in page
    assert "Replaced by a newer one." in page
    assert "History" in page
    assert "Moves patients safely." not in page
    assert 'name="robots" content="noindex"' in page
    assert client.head(f"/catalogue/{handling.slug}/").status_code == 410


def test_a_withdrawn_offering_can_come_back(handling: Any, client: Client) -> None:
    end(handling, "withdraw")
    revise_as_is(handling, summary="Approved anew.")
    assert "Approved anew." in html(client, handling)


def test_script_in_rich_text_does_not_reach_the_page(root: Any, client: Client) -> None:
    evil = '<p onclick="a()">Fine</p><script>alert(1)</script><a href="javascript:a()">x</a>'
    badge = DigitalBadgeFactory(parent=root, description=evil, criteria=evil, life="live")
    page = html(client, badge)
    assert "Fine" in page
    for harm in ("<script", "onclick", "javascript:"):
        assert harm not in page


def test_text_in_french_is_marked_as_french(root: Any, client: Client) -> None:
    course = CourseFactory(
        parent=root, title="Pain au levain", language="fr", fee=None, life="live"
    )
    page = html(client, course)
    assert '<html lang="en">' in page
    assert '<h1 lang="fr">Pain au levain</h1>' in page
    assert "Not announced yet" in page


def test_the_page_names_its_data(handling: Any, client: Client) -> None:
    page = html(client, handling)
    assert (
        '<link rel="alternate" type="application/json" '
        'href="/api/v1/offerings/safe-patient-handling">'
    ) in page
    assert client.get("/api/v1/offerings/safe-patient-handling").status_code == 200


def test_a_preview_shows_the_draft_and_says_that_it_is_one(handling: Any) -> None:
    edit(handling, title="Safer handling")
    superuser = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    client = Client()
    client.force_login(superuser)
    page = client.get(f"/admin/pages/{handling.pk}/view_draft/").content.decode()
    assert "Safer handling" in page
    assert "Preview of a draft" in page
    assert "It has not been approved." in page


def test_without_this_site_s_theme_an_offering_has_a_plain_page_of_its_own(
    handling: Any, client: Client, settings: Any
) -> None:
    """As in a project that only adds the apps."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    page = html(client, handling)
    assert '<body class="cr-plain">' in page
    assert "Safe patient handling" in page
    assert conf().INSTITUTION_NAME in page
    end(handling, "withdraw")
    assert '<body class="cr-plain">' in html(client, handling, status=410)


def test_more_components_versions_and_parents_take_no_more_queries(
    root: Any, handling: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        CertificateProgramFactory(
            parent=root,
            title=f"Program {number}",
            stacking_approach=StackingApproach.HORIZONTAL,
            children={"components": [Component(part=part(handling))]},
            life="live",
        )
        revise_as_is(handling, fee=Decimal(100 + number))
    with django_assert_max_num_queries(QUERIES):
        html(client, handling)
