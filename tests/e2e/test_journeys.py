"""The journeys of the product, as people make them."""

from __future__ import annotations

import json
import os
import re
import signal
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import sign_in
from tests.e2e.people import fill_answer, invite, new_cohort, sign_up, solution_on, verdict

TOO_WIDE = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def test_1_a_new_learner_signs_up_reads_and_comes_back_to_the_same_place(page, portal, page_of):
    code = invite(page_of("tom"))
    sign_up(page, code, email="nora@demo.example", name="Nora Novak")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your day, Nora")

    page.get_by_role("main").get_by_role(
        "link", name=re.compile("Start|Continue|Begin")
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    title = page.get_by_role("heading", level=1).inner_text()
    bar = page.locator("#course-progress progress, progress").first
    before = float(bar.get_attribute("value"))
    page.evaluate("document.body.dataset.same = 'page'")
    page.get_by_role("button", name="Mark as completed").click()
    expect(page.get_by_text("You have completed this lesson.")).to_be_visible()
    expect(bar).not_to_have_attribute("value", f"{before:g}")
    assert page.evaluate("document.body.dataset.same") == "page"

    page.get_by_role("link", name=re.compile("^Next")).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
    second = page.url
    read_for_half_a_minute(page)
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "nora@demo.example", "three-quiet-otters")
    page.get_by_role("main").get_by_role("link", name=re.compile("Continue")).first.click()
    assert page.url.split("#")[0] == second


def read_for_half_a_minute(page):
    """After 20 s a section counts as read, and 10 s later the page says so."""
    page.clock.install()
    page.reload()
    with page.expect_response(re.compile("/place/$")):
        for _second in range(35):
            page.clock.run_for(1000)


@pytest.mark.parametrize("slug", ["read-one-bucket"])
def test_2_a_wrong_policy_shows_a_counterexample_and_the_right_one_passes(page_of, slug):
    page = page_of("mia")
    page.goto(f"/labs/{slug}/")
    fill_answer(page, json.dumps(TOO_WIDE, indent=2))
    page.keyboard.press("Control+Enter")
    failed = verdict(page, "failed")
    expect(failed).to_contain_text(re.compile(r"your policy .*(allows|lets)", re.I))

    fill_answer(page, solution_on(page, slug))
    page.get_by_role("button", name="Check my answer").click()
    verdict(page, "passed")
    expect(page.locator("#attempts")).to_contain_text("2")

    page.goto("/learn/aws/")
    expect(page.get_by_role("main")).to_contain_text(re.compile("Passed", re.I))


def test_3_an_unreadable_answer_points_at_the_place_and_uses_no_attempt(page_of):
    page = page_of("sam")
    page.goto("/labs/let-the-web-in/")
    attempts = page.locator("#attempts tbody tr").count()
    broken = '{\n  "inbound": [,]\n}'
    fill_answer(page, broken)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#verdict")).to_contain_text("Line 2, column 15")
    expect(page.locator("#verdict")).to_contain_text("No attempt was used")
    expect(page.locator("#answer")).to_have_value(broken)
    page.reload()
    expect(page.locator("#answer")).to_have_value(broken)
    assert page.locator("#attempts tbody tr").count() == attempts


def test_4_the_verdict_still_arrives_once_when_the_worker_is_killed(page_of, portal):
    page = page_of("sam")
    page.goto("/labs/let-the-web-in/")
    fill_answer(page, solution_on(page, "let-the-web-in"))
    before = page.locator("#attempts tbody tr").count()
    [worker] = portal.pids("celery")
    os.kill(worker, signal.SIGKILL)
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#verdict [data-state]").first).to_have_attribute(
        "data-state", re.compile("queued|checking|passed")
    )
    verdict(page, "passed", seconds=45)
    page.reload()
    assert page.locator("#attempts tbody tr").count() == before + 1
    deadline = time.monotonic() + 10
    while worker in portal.pids("celery") or not portal.pids("celery"):
        assert time.monotonic() < deadline, "the worker was not started again"
        time.sleep(0.1)


def test_5_an_instructor_finds_a_learner_and_reads_a_submission(page_of):
    page = page_of("tom")
    page.goto("/day/")
    page.get_by_role("main").get_by_role(
        "link", name=re.compile("cohort|demo|autumn|class", re.I)
    ).first.click()
    grid = page.get_by_role("table").first
    expect(grid).to_contain_text("Lea")
    grid.get_by_role("link", name=re.compile(r"\bLea\b")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lea")
    page.locator("a[href*='/submissions/']").first.click()
    expect(page.locator("[data-state=passed], [data-state=failed]").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Statement")


def test_6_somebody_from_another_cohort_finds_none_of_it(page_of, portal, browser, problems):
    tom = page_of("tom")
    tom.goto("/day/")
    cohort = tom.locator("main a[href^='/cohorts/']").first.get_attribute("href")
    tom.goto(cohort)
    learner = tom.locator("a[href*='/learners/']").first.get_attribute("href")
    tom.goto(learner)
    submission = tom.locator("a[href*='/submissions/']").first.get_attribute("href")
    pk = re.search(r"/submissions/(\d+)/", submission).group(1)
    lea = page_of("lea")
    lea.goto("/labs/read-one-bucket/")

    code = new_cohort(portal, course="other", slug="other-cohort")
    context = browser.new_context(base_url=portal.url)
    eve = context.new_page()
    sign_up(eve, code, email="eve@demo.example", name="Eve")
    addresses = [cohort, f"{cohort}invitations/", learner, submission, f"/labs/attempts/{pk}/"]
    addresses += [
        f"/labs/attempts/{pk}/verdict/",
        "/learn/aws/",
        "/labs/read-one-bucket/",
        "/labs/read-one-bucket/attempts/",
    ]
    answers = {address: eve.goto(address).status for address in addresses}
    context.close()
    assert answers == dict.fromkeys(addresses, 404)


@pytest.fixture
def notes(portal):
    """An author's folder of the course, as it was again afterwards."""
    folder = portal.data_dir / "notes" / "aws"
    names = ("notes.md", "course.toml", "annotations.toml", "questions/what-aws-is.toml")
    files = [*(folder / name for name in names), lab_of(folder)]
    before = {file: file.read_text() for file in files}
    yield folder
    for file, text in before.items():
        file.write_text(text)
    portal.manage("sync_content", "--apply")


def write(file, *changes: tuple[str, str]) -> None:
    text = file.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


def lab_of(folder):
    """A lab that builds on the heading that is renamed."""
    return folder.parents[1] / "catalog" / "what-would-you-run" / "lab.toml"


def change_notes(folder) -> None:
    """One heading is renamed, one moves to another lesson, one is deleted."""
    notes = folder / "notes.md"
    benefits = notes.read_text().partition("### **Benefits of AWS CLI:**")[2].partition("\n## ")[0]
    write(
        notes,
        ("### **AWS Cloud Use Cases**", "### **What companies do with it**"),
        (f"### **Benefits of AWS CLI:**{benefits}", ""),
    )
    choosing = '"how-to-choose-the-right-aws-region-for-your-project"'
    write(
        folder / "course.toml",
        (f"    {choosing},\n", ""),
        ('    "benefits-of-aws-cli",\n', ""),
        ('"aws-cloud-use-cases"', f'"what-companies-do-with-it", {choosing}'),
    )
    renamed = ('"aws-cloud-use-cases"', '"what-companies-do-with-it"')
    write(
        folder / "annotations.toml",
        renamed,
        ('section = "benefits-of-aws-cli"', 'section = "what-is-aws-cli"'),  # what hung on it
    )
    write(folder / "questions" / "what-aws-is.toml", renamed)
    write(lab_of(folder), renamed)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_7_an_author_changes_the_notes_and_progress_is_kept(page_of, notes, scripts):
    lea = page_of("lea", java_script_enabled=scripts)
    lea.goto("/learn/aws/")
    progress = lea.get_by_role("main").get_by_role("progressbar").first.get_attribute("value")
    change_notes(notes)

    author = page_of("admin", java_script_enabled=scripts)
    author.goto("/authoring/")
    plan = author.get_by_role("region", name="The plan")
    for kind, words in (
        ("renamed", "AWS Cloud Use Cases → What companies do with it"),
        ("moved", "How to Choose the Right AWS Region for Your Project"),
        ("removed", "Benefits of AWS CLI"),
    ):
        row = plan.get_by_role("listitem").filter(has_text=words).first
        expect(row).to_contain_text(kind)
        expect(row).to_contain_text("completed by")
    author.get_by_role("button", name="Apply this plan").click(timeout=60_000)  # renders lessons
    expect(author.get_by_role("heading", name="Content change", level=1)).to_be_visible()

    lea.goto("/learn/aws/what-aws-is/")
    expect(lea.get_by_text("You have completed this lesson.").first).to_be_visible()
    expect(lea.get_by_role("heading", name="What companies do with it")).to_be_visible()
    lea.get_by_role("link", name="Show what changed").click()
    expect(lea.get_by_text("It was called “AWS Cloud Use Cases”")).to_be_visible()
    lea.get_by_role("button", name="I know what changed").click()
    expect(lea.get_by_text("Updated since you read it")).to_have_count(0)
    lea.goto("/learn/aws/")
    bar = lea.get_by_role("main").get_by_role("progressbar").first
    assert bar.get_attribute("value") == progress

    author.get_by_role("button", name="Undo this change").click()
    expect(author.get_by_text("The files still hold the change", exact=False).first).to_be_visible()
    lea.goto("/learn/aws/what-aws-is/")
    expect(lea.get_by_role("heading", name="AWS Cloud Use Cases")).to_be_visible()
    expect(lea.get_by_text("You have completed this lesson.").first).to_be_visible()


def test_the_core_path_needs_no_javascript(page_of):
    page: Page = page_of("lea", java_script_enabled=False)
    page.goto("/learn/aws/")
    page.locator("main a[href^='/learn/aws/']").last.click()
    page.get_by_role("button", name=re.compile("Mark as completed")).click()
    expect(page.get_by_text("You have completed this lesson.").first).to_be_visible()
    page.goto("/labs/let-the-web-in/")
    page.locator("#answer").fill('{"inbound": [,]}')
    page.get_by_role("button", name="Check my answer").click()
    expect(page.locator("#verdict")).to_contain_text("Line 1, column 14")
    page.locator("#answer").fill('{"inbound": []}')
    page.get_by_role("button", name="Check my answer").click()
    deadline = time.monotonic() + 20
    while page.locator("#verdict [data-state=failed]").count() == 0 and time.monotonic() < deadline:
        time.sleep(0.3)
        page.reload()
    expect(page.locator("#verdict [data-state=failed]").first).to_be_visible()
