"""Trying something in a lesson's text, with and without JavaScript, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.faults import all_faults

LESSON = "/learn/aws/users-and-permissions/"
NETWORK = "/learn/aws/security-groups/"
ANSWERED = "TCP 443 (HTTPS) from 203.0.113.9 gets in, and its answer to port 50814 gets out."


def experiment(page: Page, path: str, slug: str) -> Locator:
    page.goto(path)
    return page.locator(f"#try-{slug}")


def ask(place: Locator) -> Locator:
    place.get_by_role("button", name="Try it").click()
    return place.locator(".try-answer .callout-title")


def test_a_changed_policy_is_decided_in_the_page(page_of):
    page = page_of("lea")
    place = experiment(page, LESSON, "keep-the-originals")
    page.evaluate("document.body.dataset.same = 'page'")
    answer = ask(place)
    expect(answer).to_have_text('Denied by statement "KeepOriginals"')
    expect(place.get_by_role("button", name="Try it")).to_be_focused()

    policy = place.get_by_label("Policy", exact=True)
    start = policy.input_value()
    policy.fill(start.replace('"Deny"', '"Allow"'))
    policy.press("Tab")
    page.keyboard.press("Enter")  # in a line of the form
    expect(answer).to_have_text('Allowed by statement "Work"')

    policy.fill(start.replace('"Deny",', '"Deny"'))
    ask(place)
    expect(place.locator(".try-answer")).to_contain_text("Line 13, column 7")
    expect(policy).to_have_value(start.replace('"Deny",', '"Deny"'))

    again = place.get_by_role("link", name="Start again")
    again.focus()
    page.keyboard.press("Enter")
    expect(policy).to_have_value(start)
    expect(answer).to_have_count(0)
    expect(again).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "page"


def test_without_javascript_it_is_a_form_that_loses_nothing(page_of):
    page = page_of("lea", java_script_enabled=False)
    place = experiment(page, NETWORK, "the-way-back")
    rules = place.get_by_label("Rules of the network ACL")
    rules.fill(rules.input_value().replace("tcp 443 to", "tcp 1024-65535 to"))
    expect(ask(place)).to_have_text(ANSWERED)
    assert page.url.endswith("/labs/tries/aws/security-groups/the-way-back/answer/")
    expect(rules).to_have_value(re.compile("1024-65535"))

    place.get_by_label("To port").fill("https")
    expect(ask(place)).to_have_text("This cannot be read: To port")
    expect(place.get_by_label("To port")).to_have_value("https")
    expect(rules).to_have_value(re.compile("1024-65535"))

    place.get_by_role("link", name="Start again").click()
    expect(place.get_by_label("To port")).to_have_value("443")
    page.get_by_role("link", name="Back to the lesson").click()
    assert page.url.endswith(f"{NETWORK}#try-the-way-back")


def test_answers_can_be_read_by_everybody(page_of):
    """Also two of them, and one that is a mistake."""
    page = page_of("lea", reduced_motion="reduce")
    page.goto(NETWORK)
    for slug in ("the-way-back", "keep-one-stranger-out", "does-this-packet-get-in"):
        place = page.locator(f"#try-{slug}")
        if slug == "does-this-packet-get-in":
            place.get_by_label("Rules of the security group").fill("inbound:\n  - tcp 22")
        expect(ask(place)).to_be_visible()
    assert all_faults(page) == []


@pytest.mark.parametrize(("media", "form", "fallback"), [("screen", 1, 0), ("print", 0, 1)])
def test_on_paper_the_fallback_stands_in_its_place(page_of, media, form, fallback):
    page = page_of("lea")
    place = experiment(page, LESSON, "keep-the-originals")
    page.emulate_media(media=media)
    expect(place.locator("form").filter(visible=True)).to_have_count(form)
    expect(place.get_by_text("She cannot.").filter(visible=True)).to_have_count(fallback)
