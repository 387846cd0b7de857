"""What completes a lesson in a cohort: a press, its questions, or its labs as well."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import Lab
from labs.quiz.models import LessonCheck, QuizQuestion
from lessons.models import Completion, Course, Lesson
from portal.accounts.models import User
from portal.audit.models import Entry
from portal.cohorts.models import Cohort, Counts
from tests.labs.quiz.asking import ask, fields_in, key_for, read, reply
from tests.rows import make_grade, make_lab, make_submission

LESSON, SETTINGS = "/learn/aws/policies/", "/cohorts/autumn/settings/"
WRONG = "Yes: the policy that was attached last wins."
BUTTON = "Mark as completed"


@pytest.fixture
def lesson(course: Course) -> Lesson:
    return course.lessons.get(slug="policies")


@pytest.fixture
def question(lesson: Lesson) -> QuizQuestion:
    (row,) = ask(lesson, "two-allows-one-deny")
    return row


@pytest.fixture
def lab(course: Course, lesson: Lesson) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def client(client_of, lea) -> Client:
    return client_of(lea)


def counts(cohort: Cohort, rule: str) -> None:
    cohort.counts = rule
    cohort.save()


def text_of(client: Client, path: str) -> str:
    html = re.sub(r"<(script|style).*?</\1>", "", client.get(path).content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def completed(user: User) -> list[str]:
    rows = Completion.objects.filter(user=user).order_by("lesson__slug")
    return list(rows.values_list("lesson__slug", flat=True))


def passes(user: User, lab: Lab) -> None:
    make_grade(make_submission(user, lab), points=4)


def check(user: User, lesson: Lesson, *, days_ago: int = 0) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    LessonCheck.objects.create(user=user, lesson=lesson, checked_at=at)


def test_by_itself_a_press_completes_a_lesson(client, lea, question, lab):
    assert BUTTON in text_of(client, LESSON)
    reply(client, question, option="No.")
    assert completed(lea) == [], "who checked it says when they are done"
    client.post(f"{LESSON}complete/")
    assert completed(lea) == ["policies"]


def test_a_lab_completes_nothing_where_only_questions_count(
    client, client_of, tom, lea, cohort, lab
):
    """Of a lesson that asks nothing: a press does, and the settings can be read."""
    counts(cohort, Counts.CHECKED)
    passes(lea, lab)
    assert completed(lea) == []
    page = client_of(tom).get(SETTINGS)
    assert page.status_code == 200
    client_of(tom).post(f"{SETTINGS}complete/")
    assert completed(lea) == []


@pytest.mark.parametrize(("rule", "told"), [(Counts.CHECKED, False), (Counts.MASTERED, True)])
def test_a_lab_is_the_next_step_where_it_completes_the_lesson(
    client, lea, cohort, lesson, lab, rule, told
):
    """Here of one that asks nothing, and that was read."""
    for slug in ("buckets", "security-groups"):
        cohort.course.lessons.get(slug=slug).complete(lea)
    lesson.remember_place(lea, "policy-structure", ["policy-structure"])
    counts(cohort, rule)
    assert ("is complete when this lab is passed" in text_of(client, "/day/")) is told


# --- checked --------------------------------------------------------------------------------------


def test_a_lesson_says_that_its_questions_are_missing(client, cohort, question):
    counts(cohort, Counts.CHECKED)
    text = text_of(client, LESSON)
    assert "complete when its questions are checked: 0 of 1 answered. To the questions" in text
    assert BUTTON not in text
    reply(client, question, option=WRONG)
    assert "checked: 1 of 1 answered" in text_of(client, LESSON)


def test_a_press_from_an_older_page_does_not_complete_it(client, lea, cohort, question):
    counts(cohort, Counts.CHECKED)
    answer = client.post(f"{LESSON}complete/", follow=True)
    assert completed(lea) == []
    assert "Lesson completed." not in answer.content.decode()


def test_whoever_checks_a_lesson_completes_it(client, lea, mia, cohort, question, lab):
    counts(cohort, Counts.CHECKED)
    reply(client, question, option="No.")
    assert completed(lea) == ["policies"]
    assert completed(mia) == []
    assert "You have completed this lesson." in text_of(client, LESSON)


def test_an_answer_tells_the_page_that_something_changed(client, cohort, question):
    counts(cohort, Counts.CHECKED)
    page = client.get(LESSON).content.decode()
    assert 'hx-trigger="answered from:body"' in page
    fields = {"chosen": "x", "number": "1", "edition": question.edition}
    url = f"/quiz/aws/policies/{question.slug}/answer/"
    answer = client.post(url, fields, headers={"HX-Request": "true"})
    assert "answered" not in answer.headers.get("HX-Trigger", ""), "that was no answer"
    html = read(client, question)
    sent = fields_in(html) | {"chosen": key_for(html, "No.")}
    assert (
        client.post(url, sent, headers={"HX-Request": "true"}).headers["HX-Trigger"] == "answered"
    )
    assert "answered from:body" not in client.get(LESSON).content.decode()


def test_a_lesson_that_asks_nothing_is_completed_by_a_press(client, lea, cohort, lab):
    counts(cohort, Counts.CHECKED)
    assert BUTTON in text_of(client, LESSON)
    client.post(f"{LESSON}complete/")
    assert completed(lea) == ["policies"]


def test_what_was_completed_before_the_rule_stays(client, lea, cohort, lesson, question):
    lesson.complete(lea)
    counts(cohort, Counts.MASTERED)
    assert "You have completed this lesson." in text_of(client, LESSON)
    reply(client, question, option=WRONG)
    assert completed(lea) == ["policies"]


def test_what_was_checked_before_the_rule_waits_for_a_press(client, lea, cohort, lesson, question):
    check(lea, lesson)
    counts(cohort, Counts.CHECKED)
    assert BUTTON in text_of(client, LESSON)
    client.post(f"{LESSON}complete/")
    assert completed(lea) == ["policies"]


# --- mastered -------------------------------------------------------------------------------------


def test_mastered_takes_questions_and_labs(client, lea, cohort, question, lab):
    counts(cohort, Counts.MASTERED)
    assert "(0 of 1 answered) and its labs are passed (0 of 1)" in text_of(client, LESSON)
    reply(client, question, option="No.")
    assert completed(lea) == []
    assert "when its labs are passed: 0 of 1 so far. To the labs" in text_of(client, LESSON)
    passes(lea, lab)
    assert completed(lea) == ["policies"]


def test_the_questions_may_come_last(client, lea, cohort, question, lab):
    counts(cohort, Counts.MASTERED)
    passes(lea, lab)
    assert completed(lea) == []
    reply(client, question, option="No.")
    assert completed(lea) == ["policies"]


def test_a_failed_lab_masters_nothing(client, lea, cohort, lab):
    counts(cohort, Counts.MASTERED)
    make_grade(make_submission(lea, lab), points=0)
    assert completed(lea) == []


def test_a_lab_completes_nothing_where_questions_count(lea, cohort, question, lab):
    counts(cohort, Counts.CHECKED)
    passes(lea, lab)
    assert completed(lea) == []


# --- Several cohorts ------------------------------------------------------------------------------


def test_of_two_cohorts_the_gentler_rule_counts(client, lea, cohort, course, question):
    counts(cohort, Counts.CHECKED)
    second = Cohort.objects.create(name="Second", slug="second", course=course)
    second.enrol(lea)
    assert BUTTON in text_of(client, LESSON)
    counts(second, Counts.MASTERED)
    assert "its questions are checked" in text_of(client, LESSON)


def test_an_archived_cohort_softens_nothing(client, lea, cohort, course, question):
    old = Cohort.objects.create(name="Old", slug="old", course=course)
    old.enrol(lea)
    counts(cohort, Counts.CHECKED)
    old.archive()
    assert BUTTON not in text_of(client, LESSON)


def test_whoever_teaches_marks_as_before(client_of, tom, cohort, question):
    counts(cohort, Counts.MASTERED)
    assert BUTTON in text_of(client_of(tom), LESSON)


# --- The instructor -------------------------------------------------------------------------------


def form_of(cohort: Cohort, **changes: object) -> dict[str, object]:
    return {"name": cohort.name, "courses": [cohort.course_id], "language": "en"} | changes


def test_an_instructor_chooses_and_the_log_says_it(client_of, tom, cohort):
    page = text_of(client_of(tom), SETTINGS)
    assert "A press on “Mark as completed”" in page
    client_of(tom).post(SETTINGS, form_of(cohort, counts="mastered"))
    cohort.refresh_from_db()
    assert cohort.counts == "mastered"
    assert Entry.objects.filter(about="autumn: counts: click → mastered").exists()
    assert cohort.copy("Winter", by=tom, with_team=False).counts == "mastered"


def test_what_was_reached_before_is_told_and_then_written(
    client_of, tom, lea, mia, eve, cohort, lesson, question
):
    for user in (lea, mia, eve):
        check(user, lesson, days_ago=3)
    lesson.complete(mia)
    client = client_of(tom)
    assert "Mark them as completed" not in text_of(client, SETTINGS)
    client.post(SETTINGS, form_of(cohort, counts="checked"))
    assert completed(lea) == [], "it is said first"
    assert "one lesson of a learner is complete, but not marked" in text_of(client, SETTINGS)
    client.post(f"{SETTINGS}complete/")
    assert (completed(lea), completed(mia), completed(eve)) == (["policies"], ["policies"], [])
    at = Completion.objects.get(user=lea).completed_at
    assert at == LessonCheck.objects.get(user=lea).checked_at, "since then it was done"
    assert "Mark them as completed" not in text_of(client, SETTINGS)


def test_only_what_the_rule_asks_for_is_written(client_of, tom, lea, mia, cohort, lesson, lab):
    ask(lesson, "two-allows-one-deny")
    check(lea, lesson)
    check(mia, lesson)
    passes(mia, lab)
    counts(cohort, Counts.MASTERED)
    client_of(tom).post(f"{SETTINGS}complete/")
    assert (completed(lea), completed(mia)) == ([], ["policies"])


def test_the_grid_says_read_checked_or_mastered(client_of, tom, lea, mia, cohort, lesson, lab):
    ask(lesson, "two-allows-one-deny")
    ask(cohort.course.lessons.get(slug="buckets"), "name-of-the-region")
    counts(cohort, Counts.MASTERED)
    check(lea, lesson)
    check(lea, cohort.course.lessons.get(slug="buckets"))
    lesson.complete(mia)
    assert grid_row(client_of(tom), lea)[:2] == [("trying", "✓✓ checked")] * 2
    assert grid_row(client_of(tom), mia)[:2] == [("new", "–"), ("passed", "✓")]
    passes(lea, lab)
    assert grid_row(client_of(tom), lea)[1] == ("passed", "★ mastered")


def grid_row(client: Client, user: User) -> list[tuple[str, str]]:
    html = client.get("/cohorts/autumn/").content.decode()
    (row,) = (one for one in html.split("<tr>") if f"learners/{user.pk}/lesson-" in one)
    cells = re.findall(r'<td data-state="(\w+)">(.*?)</td>', row, re.S)
    return [(state, re.sub("<[^>]*>", "", text)) for state, text in cells]


# --- The course -----------------------------------------------------------------------------------


def signs(client: Client) -> list[str]:
    """What a course's page says of its lessons."""
    html = client.get("/learn/aws/").content.decode()
    rows = re.findall(r'<span id="tick-.*?</li>', html, re.S)
    words = [
        re.findall(r'<span class="badge"[^>]*>(.*?)</span>\s*</li>', row, re.S) for row in rows
    ]
    return [re.sub("<.*?>", "", "".join(one)).strip("★") for one in words]


def test_a_course_says_how_far_each_lesson_is(client, lea, course, lesson, question, lab):
    assert signs(client) == ["", "", ""]
    course.lessons.get(slug="buckets").complete(lea)
    check(lea, lesson)
    assert signs(client) == ["Read", "Checked", ""]
    passes(lea, lab)
    assert signs(client) == ["Read", "Mastered", ""]


def test_a_lesson_says_how_far_it_is_where_that_counts(client, lea, cohort, lesson, question, lab):
    check(lea, lesson)
    passes(lea, lab)
    assert "Mastered" not in text_of(client, LESSON), "its questions say that they are checked"
    counts(cohort, Counts.MASTERED)
    assert "Mastered" in text_of(client, LESSON)


def test_what_was_read_to_its_end_is_read(client, course):
    assert "Read" not in signs(client)
    last = course.lessons.get(slug="buckets").sections.last().slug
    client.post("/learn/aws/buckets/place/", {"section": last, "read": [last]})
    assert signs(client)[0] == "Read"


def test_what_counts_costs_a_page_one_query(client, cohort, question, lab):
    counts(cohort, Counts.MASTERED)
    with_questions = queries(client, "/learn/aws/"), queries(client, LESSON)
    QuizQuestion.objects.all().delete()
    cohort.course.edition = "without"
    cohort.course.save()
    assert with_questions == (6, 7)
    assert (queries(client, "/learn/aws/"), queries(client, LESSON)) == (5, 6), "one more each"


def queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


# --- The day --------------------------------------------------------------------------------------


@pytest.fixture
def reads(client):
    def read(slug: str) -> None:
        last = Lesson.objects.get(slug=slug).sections.last().slug
        client.post(f"/learn/aws/{slug}/place/", {"section": last, "read": [last]})

    return read


def steps(client: Client) -> list[tuple[str, str]]:
    """What the day proposes: where it leads, and why."""
    page = client.get("/day/").content.decode()
    found = re.findall(r'<div class="step">(.*?)</div>', page, re.S)
    return [
        (
            re.findall(r'href="([^"]+)"', one)[0],
            re.findall(r'<p class="small muted">(.*?)</p>', one, re.S)[0],
        )
        for one in found
    ]


def test_the_day_proposes_to_check_what_was_read(client, cohort, question, reads):
    counts(cohort, Counts.CHECKED)
    reads("policies")
    assert steps(client) == [
        (f"{LESSON}#quiz", "You have read it, and it is not checked yet."),
        ("/learn/aws/security-groups/", "Or read on: this is the next lesson."),
    ]


def test_where_a_press_counts_the_day_proposes_no_check(client, question, reads):
    reads("policies")
    assert "#quiz" not in str(steps(client))


def test_what_was_read_before_is_proposed_beside_what_is_read_now(client, cohort, question, reads):
    counts(cohort, Counts.CHECKED)
    reads("policies")
    client.post("/learn/aws/security-groups/place/", {"section": "inbound-rules"})
    where = [url for url, _why in steps(client)]
    assert where == ["/learn/aws/security-groups/#inbound-rules", f"{LESSON}#quiz"]


def test_after_the_check_the_lab_is_next_that_masters_the_lesson(
    client, cohort, question, lab, reads
):
    counts(cohort, Counts.MASTERED)
    reads("policies")
    reply(client, question, option="No.")
    assert steps(client)[0] == (
        "/labs/read-one-bucket/",
        "“Policies” is complete when this lab is passed.",
    )


def test_a_checked_lesson_is_enough_for_its_lab_while_another_is_read(
    client, cohort, question, lab
):
    counts(cohort, Counts.MASTERED)
    reply(client, question, option="No.")
    client.post("/learn/aws/security-groups/place/", {"section": "inbound-rules"})
    where = [url for url, _why in steps(client)]
    assert where == ["/learn/aws/security-groups/#inbound-rules", "/labs/read-one-bucket/"]
