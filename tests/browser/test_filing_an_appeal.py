"""An appeal from an e-mail address to the answer of a request, on a phone without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from appeals.acts import completeness, response
from appeals.choices import Stage
from appeals.models import FirstInstanceDecider
from appeals.public import begin_page
from tests.appeals.making import RESPONDENT, make_case
from tests.appeals.staff import make_staff
from tests.appeals.uploads.samples import PDF
from tests.appeals.visiting import EMAIL, STATEMENT, answers, last_code, last_link, the_case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("AP-1"),
    pytest.mark.clause("AP-2"),
]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: Any) -> None:
    """A browser that is driven types faster than people."""
    monkeypatch.setattr(begin_page, "QUICKEST_SECONDS", 0)


@pytest.fixture
def staff(people: dict[str, Any]) -> dict[str, Any]:
    """The office, and others."""
    return make_staff()


def open_link(page: Page, live_server: Any, address: str, link: str = "") -> None:
    """Open the newest link of an address with the code that is sent for it."""
    page.goto(live_server.url + (link or last_link(address)))
    page.locator("button[value=send]").click()
    page.locator("[name=code]").fill(last_code(address))
    page.locator("button[value=enter]").click()


def begin(page: Page, live_server: Any) -> None:
    """Give the address."""
    page.goto(f"{live_server.url}/appeals/file/")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/appeals/sent/")


def fill(page: Page, given: dict[str, Any]) -> None:
    """Fill in a step and go on."""
    for name, answer in given.items():
        field = page.locator(f"[name={name}]")
        if isinstance(answer, list):
            page.locator(f"[name={name}][value={answer[0]}]").check()
        elif name == "language":
            page.locator(f"[name={name}][value={answer}]").check()
        else:
            field.fill(answer)
    page.locator("button[value=next]").click()


def test_on_a_phone_without_javascript(
    staff: dict[str, Any], new_page: Any, live_server: Any, screenshot: Any, tmp_path: Path
) -> None:
    page = new_page(java_script_enabled=False, **PHONE)
    _ask_for_the_link(page, live_server, screenshot)
    _open_it(page, live_server, screenshot)
    _write(page, screenshot)

    # Another day, on another phone.
    page = new_page(java_script_enabled=False, **PHONE)
    open_link(page, live_server, EMAIL)
    expect(page.locator("h1")).to_contain_text("Check and file")
    _add_documents(page, screenshot, tmp_path)
    _file(page, screenshot)

    completeness.request_information(staff["office"], the_case(), "Please add the rubric.")
    open_link(page, live_server, EMAIL)
    _answer(page, screenshot)


def _ask_for_the_link(page: Page, live_server: Any, screenshot: Any) -> None:
    page.goto(f"{live_server.url}/appeals/")
    page.get_by_role("link", name="File an appeal").click()
    screenshot(page, "1-begin")
    page.get_by_label("Your e-mail address").fill("nobody")
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator("[role=alert]")).to_contain_text("This is no e-mail address")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")
    screenshot(page, "2-sent")


def _open_it(page: Page, live_server: Any, screenshot: Any) -> None:
    page.goto(live_server.url + last_link(EMAIL))
    expect(page.locator("main")).not_to_contain_text(EMAIL)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Open the page").click()
    expect(page.locator("[role=alert]")).to_contain_text("not the code")
    screenshot(page, "3-code")
    page.get_by_label("Code").fill(last_code(EMAIL))
    page.get_by_role("button", name="Open the page").click()


def _write(page: Page, screenshot: Any) -> None:
    expect(page.locator("h1")).to_contain_text("Who you are")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("[role=alert]")).to_contain_text("Write your name")
    screenshot(page, "4-you")
    steps = answers()
    fill(page, steps["you"])
    fill(page, steps["decision"] | {"decided_on": "2099-01-01"})
    expect(page.locator("[role=alert]")).to_contain_text("This day has not come yet")
    expect(page.get_by_label("The decision that you appeal")).to_have_value(
        steps["decision"]["decision"]
    )
    screenshot(page, "5-decision")
    page.locator("[name=decided_on]").fill(steps["decision"]["decided_on"])
    page.get_by_role("button", name="Save and go on").click()
    screenshot(page, "6-grounds")
    fill(page, steps["grounds"])
    page.get_by_label("Your statement").fill(STATEMENT)
    page.get_by_role("button", name="Save and come back later").click()
    expect(page.locator("h1")).to_have_text("Your appeal is saved")


def _add_documents(page: Page, screenshot: Any, tmp_path: Path) -> None:
    page.get_by_role("link", name="Documents", exact=True).click()
    hostile = tmp_path / "grade.pdf"
    hostile.write_bytes(b"<!doctype html><script>alert(1)</script>")
    page.get_by_label("Files").set_input_files(hostile)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("[role=alert]")).to_contain_text("“grade.pdf” was not added")
    screenshot(page, "7-refused-file")
    good = tmp_path / "decision.pdf"
    good.write_bytes(PDF)
    page.get_by_label("Files").set_input_files(good)
    page.get_by_label("What it is").fill("The message with the decision")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".ap-files")).to_contain_text("The message with the decision")
    screenshot(page, "8-documents")
    page.get_by_role("button", name="Go on").click()


def _file(page: Page, screenshot: Any) -> None:
    expect(page.locator("main")).to_contain_text("Filed now, your appeal is in time")
    page.get_by_text("See how these days are counted").click()
    screenshot(page, "9-check")
    page.get_by_role("button", name="File the appeal").click()
    expect(page.locator(".ap-number")).to_contain_text(the_case().number)
    screenshot(page, "10-filed")


def _answer(page: Page, screenshot: Any) -> None:
    expect(page.locator("main")).to_contain_text("Please add the rubric.")
    screenshot(page, "11-asked")
    page.get_by_label("Your answer").fill("It stands in the message that I added.")
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Your answer has arrived")
    assert the_case().stage == Stage.COMPLETENESS
    screenshot(page, "12-answered")
    page.get_by_role("link", name="Withdraw the appeal").click()
    expect(page.locator("h1")).to_contain_text("Withdraw the appeal")
    screenshot(page, "13-withdraw")
    page.get_by_role("link", name="No, back to your appeal").click()


def test_every_page_is_accessible_and_in_french(
    staff: dict[str, Any],
    new_page: Any,
    live_server: Any,
    axe: Any,
    screenshot: Any,
    tmp_path: Path,
) -> None:
    page = new_page(locale="fr-CA", color_scheme="dark", **PHONE)
    page.goto(f"{live_server.url}/appeals/file/")
    axe(page)
    begin(page, live_server)
    axe(page)
    page.goto(f"{live_server.url}/appeals/link/")
    axe(page)
    page.goto(live_server.url + last_link(EMAIL))
    axe(page)
    open_link(page, live_server, EMAIL)
    steps = answers(decided_on="2026-01-05", received_on="2026-01-05", language="fr")
    for slug, given in steps.items():
        axe(page)
        page.locator("button[value=next]").click()
        if page.locator("[role=alert]").count():
            axe(page)
            screenshot(page, f"missing-{slug}")
        fill(page, given)
    axe(page)
    good = tmp_path / "decision.pdf"
    good.write_bytes(PDF)
    page.locator("[name=files]").set_input_files(good)
    page.locator("button[value=next]").click()
    expect(page.locator("h1")).to_have_text("Vérifier et déposer")
    axe(page)
    screenshot(page, "late")
    page.locator("button[value=file]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    axe(page)
    page.locator("[name=late_reason]").fill("J’étais à l’hôpital.")
    page.locator("button[value=file]").click()
    expect(page.locator("h1")).to_have_text("Votre appel est arrivé")
    axe(page)
    screenshot(page, "filed")
    page.emulate_media(media="print")
    screenshot(page, "printed")
    page.emulate_media(media="screen")
    assert the_case().stage == Stage.LATE
    open_link(page, live_server, EMAIL)
    axe(page)
    screenshot(page, "case")
    page.goto(f"{live_server.url}/appeals/private/wrong/")
    axe(page)
    screenshot(page, "gone")


def test_what_is_typed_is_saved_as_it_goes(
    staff: dict[str, Any], new_page: Any, live_server: Any
) -> None:
    page = new_page()
    begin(page, live_server)
    open_link(page, live_server, EMAIL)
    page.get_by_label("Your full name").fill("Wilhelmina")
    expect(page.locator(".ap-saved")).to_have_text("Saved")
    page.reload()
    expect(page.get_by_label("Your full name")).to_have_value("Wilhelmina")


def test_the_original_decision_maker_responds(
    staff: dict[str, Any], new_page: Any, live_server: Any, axe: Any, screenshot: Any
) -> None:
    case = make_case(staff, Stage.RESPONSE)
    who = FirstInstanceDecider.objects.get(is_respondent=True)
    response.request_response(staff["office"], case, who)
    page = new_page()
    open_link(page, live_server, RESPONDENT.email)
    expect(page.locator("main")).to_contain_text("Please respond by")
    axe(page)
    screenshot(page, "response")
    page.get_by_role("link", name="Add documents first").click()
    axe(page)
    page.get_by_role("link", name="Done: back").click()
    page.get_by_label("Your response").fill("We followed the rules.")
    page.get_by_role("button", name="Send the response").click()
    expect(page.locator("h1")).to_have_text("Nothing more is asked of you")
    axe(page)
    screenshot(page, "responded")
    assert the_case().stage == Stage.REVIEW
