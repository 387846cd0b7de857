"""What goes wrong around a learner, and that nothing typed is lost."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.e2e.people import fill_answer

SAVED = re.compile("Saved")


def test_a_draft_saves_itself_and_is_there_in_another_browser(page_of):
    page = page_of("lea")
    page.goto("/labs/deny-wins/")
    with page.expect_response(re.compile("/deny-wins/draft/")):
        fill_answer(page, '{"Version": "half a thought')
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    elsewhere = page_of("lea")
    elsewhere.goto("/labs/deny-wins/")
    expect(elsewhere.locator("#answer")).to_have_value('{"Version": "half a thought')


def test_two_tabs_do_not_overwrite_each_other_silently(page_of):
    one, two = page_of("lea"), page_of("lea")
    for page in (one, two):
        page.goto("/labs/mend-the-policy/")
        expect(page.locator(".cm-content")).to_be_visible()
    fill_answer(one, "typed in the first tab")
    expect(one.locator("[data-draft-state]")).to_contain_text(SAVED)
    fill_answer(two, "typed in the second tab")
    expect(two.locator("[data-draft-state]")).to_have_attribute("data-conflict", "")
    one.reload()
    expect(one.locator("#answer")).to_have_value("typed in the first tab")
    expect(two.locator("#answer")).to_have_value("typed in the second tab")


def test_what_is_typed_without_a_connection_is_kept_and_saved_later(page_of, problems):
    page = page_of("mia")
    page.goto("/labs/deny-wins/")
    expect(page.locator(".cm-content")).to_be_visible()
    page.context.set_offline(True)
    fill_answer(page, "written on the train")
    expect(page.locator("[data-draft-state]")).to_contain_text("Offline")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#answer")).to_have_value("written on the train")
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    problems.clear()  # the browser reports the requests that found no network


def test_a_disk_that_is_full_is_said_and_the_draft_is_saved_once_there_is_room(page_of, problems):
    page = page_of("mia", service_workers="block")
    page.goto("/labs/deny-wins/")
    expect(page.locator(".cm-content")).to_be_visible()
    full = {"status": 503, "body": "<main><h1>There is no room left</h1></main>"}
    page.route("**/deny-wins/draft/", lambda route: route.fulfill(**full))
    page.route("**/deny-wins/submit/", lambda route: route.fulfill(**full))
    fill_answer(page, '{"Version": "no room"}')
    expect(page.locator("[data-draft-state]")).to_have_text("Not saved yet: we try again.")
    page.locator("[data-submit]").click()
    expect(page.locator("#toasts")).to_contain_text("The portal cannot save anything")
    page.unroute_all()
    page.reload()  # kept in the browser meanwhile
    expect(page.locator("#answer")).to_have_value('{"Version": "no room"}')
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    problems.clear()  # the browser reports the answers that said 503


def test_a_page_made_before_the_last_save_takes_nothing_away(page_of):
    # A page that a worker fetches cannot be held back
    page = page_of("mia", service_workers="block")
    page.goto("/labs/let-ci-push/")
    expect(page.locator(".cm-content")).to_be_visible()
    older = page.request.get("/labs/let-ci-push/")
    fill_answer(page, "saved while the page was on its way")
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    page.route("**/labs/let-ci-push/", lambda route: route.fulfill(response=older), times=1)
    page.reload()
    expect(page.locator("#answer")).to_have_value("saved while the page was on its way")
    with page.expect_response(re.compile("/let-ci-push/draft/")):
        fill_answer(page, "and typed on")
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    page.reload()
    expect(page.locator("#answer")).to_have_value("and typed on")


def test_an_expired_session_is_told_and_loses_nothing(page_of, problems):
    page = page_of("mia")
    page.goto("/labs/mend-the-policy/")
    expect(page.locator(".cm-content")).to_be_visible()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    fill_answer(page, "written after the session's end")
    expect(page.locator("[data-draft-state]")).to_contain_text("session")
    page.context.add_cookies(cookies)
    page.reload()
    expect(page.locator("#answer")).to_have_value("written after the session's end")
    problems.clear()  # the browser reports the refused request


def test_a_visited_lesson_can_be_read_offline(page_of, problems):
    page = page_of("lea")
    page.goto("/learn/aws/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/learn/aws/what-aws-is/")
    page.goto("/learn/aws/what-aws-is/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.wait_for_timeout(500)
    page.context.set_offline(True)
    page.goto("/learn/aws/what-aws-is/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.goto("/learn/aws/reading-a-policy/")
    expect(page.get_by_role("main")).to_contain_text(re.compile("offline", re.I))
    page.context.set_offline(False)
    problems.clear()
