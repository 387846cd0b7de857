"""What is got wrong in common, a note to those who do, and the same for a class to look at."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from labs.grading.report import FORMAT
from labs.models import Grade, Lab, State, Submission
from labs.models.efforts import note_regrade
from lessons.models import Course
from portal.accounts.models import User
from portal.accounts.own_data import data_of, erase
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort
from portal.guidance.models import Note
from portal.guidance.radar import Codes, radar_of
from tests.rows import make_grade, make_lab, make_submission, make_user

RADAR = "/cohorts/autumn/radar/"
DELETES = "allows|s3:DeleteObject|below originals/"
QUERY = "code=iam.too-wide&is=allows%7Cs3%3ADeleteObject%7Cbelow+originals%2F"
GROUP = f"{RADAR}group/?{QUERY}"
WORDS = "allows s3:DeleteObject on objects under originals/"
SENTENCE = "s3:DeleteObject on originals/a.raw is allowed."


def wrong(
    user: User, lab: Lab, *, days_ago: float = 0, text: str = "{}", hidden: bool = False
) -> Submission:
    """Lets originals be deleted."""
    at = timezone.now() - timedelta(days=days_ago)
    request = {"action": "s3:DeleteObject", "resource": "arn:aws:s3:::ok/originals/a.raw"}
    finding = {
        "code": "iam.too-wide",
        "passed": False,
        "points": 4,
        "message": "Delete an original",
        "counterexample": request,
        "cases": [{"sentence": SENTENCE}],
        "hidden": hidden,
    }
    submission = make_submission(user, lab, text, state=State.GRADED, created_at=at)
    submission.grade = Grade.objects.create(
        submission=submission,
        points=0,
        max_points=4,
        passed=False,
        report={"format": FORMAT, "findings": [finding]},
        engine_version="1",
        content_hash="hash",
    )
    submission.finished_at = at
    submission.save()
    note_regrade(submission)
    return submission


def right(user: User, lab: Lab) -> None:
    make_grade(make_submission(user, lab), 4)


def group_in(cohort: Cohort, course: Course) -> Any:
    labs = list(course.labs.all())
    return {one.key.behaviour: one for one in radar_of(cohort, labs, Codes([course]))}.get(DELETES)


def words_of_page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# --- Counting -------------------------------------------------------------------------------------


def test_learners_are_counted_by_what_their_latest_answers_do(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, days_ago=1)
    wrong(lea, lab)
    wrong(mia, lab, days_ago=9)
    numbers = group_in(cohort, course).numbers
    assert (numbers.learners, numbers.answers, numbers.lab) == (2, 2, lab.pk)
    assert (numbers.this_week, numbers.week_before, numbers.trend) == (2, 1, "up")


def test_the_same_mistake_in_two_labs_is_one_learner(
    cohort: Cohort, course: Course, lea: User, lab: Lab
):
    wrong(lea, lab)
    wrong(lea, make_lab(course, "share-one-folder"))
    numbers = group_in(cohort, course).numbers
    assert (numbers.learners, numbers.answers, numbers.labs, numbers.lab) == (1, 2, 2, None)


def test_whoever_passed_or_writes_something_else_makes_it_no_more(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab)
    wrong(mia, lab)
    right(lea, lab)
    make_grade(make_submission(mia, lab), 1)
    numbers = group_in(cohort, course).numbers
    assert (numbers.learners, numbers.this_week) == (0, 2)


def test_only_those_who_learn_here_now_are_counted(
    cohort: Cohort, course: Course, eve: User, tom: User, lea: User, lab: Lab
):
    for one in (eve, tom, lea):
        wrong(one, lab)
    assert group_in(cohort, course).numbers.learners == 1
    cohort.memberships.get(user=lea).end()
    assert group_in(cohort, course) is None


def test_the_page_says_what_the_answers_do_and_where_it_is_taught(
    toms: Client, lea: User, lab: Lab
):
    wrong(lea, lab)
    page = words_of_page(toms, RADAR)
    assert WORDS in page
    assert f'href="{RADAR}group/?code=iam.too-wide' in page


def test_one_lab_can_be_looked_at_alone(toms: Client, course: Course, lea: User, lab: Lab):
    wrong(lea, lab)
    make_lab(course, "other-lab")
    assert WORDS in words_of_page(toms, f"{RADAR}?lab=deny-wins")
    assert WORDS not in words_of_page(toms, f"{RADAR}?lab=other-lab")


def test_nobody_wrong_is_said_so(toms: Client, lea: User):
    assert "Nobody gets anything wrong at the moment." in words_of_page(toms, RADAR)


@pytest.mark.parametrize("number", [3, 30])
def test_the_radar_asks_as_much_for_three_as_for_thirty(
    toms: Client, cohort: Cohort, lab: Lab, number: int, django_assert_num_queries
):
    for one in range(number):
        user = make_user(f"Lou{one} Learner")
        cohort.enrol(user)
        wrong(user, lab, text=f"{{ {one} }}")
    toms.get(RADAR), toms.get(GROUP)
    with django_assert_num_queries(7):
        toms.get(RADAR)
    for _number in range(3):
        Note.objects.create(
            cohort=cohort, code="iam.too-wide", behaviour=DELETES, text="Hm", html=""
        )
    with django_assert_num_queries(10):
        toms.get(GROUP)


# --- One mistake ----------------------------------------------------------------------------------


def test_a_group_shows_who_and_what_they_wrote(
    toms: Client, cohort: Cohort, lea: User, mia: User, lab: Lab
):
    first = wrong(lea, lab, text="{ 1 }")
    wrong(mia, lab, text="{  1 }")
    page = words_of_page(toms, GROUP)
    assert f"/cohorts/autumn/submissions/{first.pk}/" in page
    assert "2 wrote the very same" in page
    assert page.count(SENTENCE) == 1


def test_whoever_looks_is_in_the_log(toms: Client, cohort: Cohort, lea: User, lab: Lab):
    wrong(lea, lab)
    toms.get(GROUP)
    toms.get(GROUP)
    assert Entry.objects.filter(what=What.LOOKED, cohort=cohort).count() == 1


def test_a_class_sees_no_names_and_nothing_hidden(
    toms: Client, cohort: Cohort, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, text="<script>alert(1)</script>")
    wrong(mia, lab, text="{ 2 }", hidden=True)
    page = words_of_page(toms, f"{RADAR}class/?{QUERY}")
    main = page.partition("<main")[2]
    assert "Learner" not in main.partition("<footer")[0]
    assert main.count(SENTENCE) == 1
    assert "&lt;script&gt;alert(1)" in main


def test_what_was_mended_since_can_still_be_shown(toms: Client, lea: User, mia: User, lab: Lab):
    wrong(lea, lab, days_ago=3, text="{ 3 }")
    wrong(mia, lab, days_ago=20, text="{ 20 }")
    for one in (lea, mia):
        right(one, lab)
    page = words_of_page(toms, GROUP)
    assert "Nobody at the moment." in page
    assert ("{ 3 }" in page, "{ 20 }" in page) == (True, False)
    assert "{ 3 }" in words_of_page(toms, f"{RADAR}class/?{QUERY}")


def test_a_class_looks_at_two_answers_a_page(toms: Client, lea: User, cohort: Cohort, lab: Lab):
    for number in range(3):
        user = make_user(f"Lou{number} Learner")
        cohort.enrol(user)
        wrong(user, lab, text=f"{{ {number} }}")
    page = words_of_page(toms, f"{RADAR}class/?{QUERY}")
    assert (page.count("<pre"), 'rel="next"' in page, 'rel="prev"' in page) == (2, True, False)
    assert words_of_page(toms, f"{RADAR}class/?{QUERY}&page=2").count("<pre") == 1


def test_a_mistake_that_nobody_makes_is_an_empty_page(toms: Client, lea: User, lab: Lab):
    page = words_of_page(toms, f"{RADAR}group/?code=no.such&is=x")
    assert "Nobody here has made this mistake" in page
    assert re.search(rf'href="{RADAR}"[^>]*>[^<]*All mistakes', page)
    assert "Nobody made this mistake" in words_of_page(toms, f"{RADAR}class/")


# --- A note to all who make it --------------------------------------------------------------------


def say(client: Client, text: str = "Deny wins.", *, lab: str = "", here: bool = False):
    query = f"{QUERY}&lab={lab}" if lab else QUERY
    fields = {"text": text} | ({"only_here": "on"} if here else {})
    return client.post(f"{RADAR}notes/?{query}", fields, follow=True)


def effect(client: Client) -> str:
    page = words_of_page(client, GROUP)
    return page.partition("Passed afterwards: ")[2].partition("<")[0].strip()


def test_a_note_reaches_all_in_the_group_now(
    toms: Client, client_of, lea: User, mia: User, lab: Lab
):
    answer = wrong(lea, lab)
    make_grade(make_submission(mia, lab), 1)
    say(toms, "**Deny** wins.")
    leas = client_of(lea)
    for page in (f"/labs/attempts/{answer.pk}/", "/labs/deny-wins/", "/day/"):
        assert "<strong>Deny</strong> wins." in words_of_page(leas, page)
    assert f"/labs/attempts/{answer.pk}/" in words_of_page(leas, "/day/")
    assert "wins." not in words_of_page(client_of(mia), "/day/")


def test_a_note_reaches_whoever_makes_the_mistake_later(
    toms: Client, client_of, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab)
    say(toms)
    assert "Deny wins." not in words_of_page(client_of(mia), "/day/")
    answer = wrong(mia, lab)
    assert "Deny wins." in words_of_page(client_of(mia), f"/labs/attempts/{answer.pk}/")


def test_a_note_leaves_the_day_with_the_mistake_and_stays_at_the_verdict(
    toms: Client, client_of, lea: User, lab: Lab
):
    answer = wrong(lea, lab)
    say(toms)
    right(lea, lab)
    assert "Deny wins." not in words_of_page(client_of(lea), "/day/")
    assert "Deny wins." in words_of_page(client_of(lea), f"/labs/attempts/{answer.pk}/")


def test_a_note_can_be_about_one_lab(
    toms: Client, client_of, course: Course, lea: User, mia: User, lab: Lab
):
    there = wrong(mia, make_lab(course, "share-one-folder"))
    here = wrong(lea, lab)
    say(toms, lab="deny-wins", here=True)
    assert "Deny wins." in words_of_page(client_of(lea), f"/labs/attempts/{here.pk}/")
    assert "Deny wins." not in words_of_page(client_of(mia), f"/labs/attempts/{there.pk}/")


def test_a_note_stays_in_its_cohort(
    toms: Client, client_of, cohort: Cohort, course: Course, eve: User, lab: Lab
):
    other = Cohort.objects.create(name="Spring", slug="spring", course=course)
    other.enrol(eve)
    answer = wrong(eve, lab)
    say(toms)
    assert "Deny wins." not in words_of_page(client_of(eve), f"/labs/attempts/{answer.pk}/")


def test_a_withdrawn_note_is_seen_by_nobody(toms: Client, client_of, lea: User, lab: Lab):
    answer = wrong(lea, lab)
    say(toms)
    note = Note.objects.get()
    page = toms.post(f"{RADAR}notes/{note.pk}/withdraw/", follow=True).content.decode()
    assert "withdrawn" in page
    for address in (f"/labs/attempts/{answer.pk}/", "/day/"):
        assert "Deny wins." not in words_of_page(client_of(lea), address)


def test_what_a_note_changed_is_measured(
    toms: Client, cohort: Cohort, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, days_ago=1)
    wrong(mia, lab, days_ago=1)
    say(toms)
    assert effect(toms) == "0 of 2"
    right(lea, lab)
    assert effect(toms) == "1 of 2"
    kim = make_user("Kim Learner")
    cohort.enrol(kim)
    wrong(kim, lab)
    assert effect(toms) == "1 of 3"


def test_whoever_had_passed_or_gone_on_before_is_not_counted(
    toms: Client, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, days_ago=2)
    right(lea, lab)
    wrong(mia, lab, days_ago=2)
    make_grade(make_submission(mia, lab), 1)
    say(toms)
    assert effect(toms) == "0 of 0"


def test_after_it_was_withdrawn_a_note_reaches_nobody_more(
    toms: Client, lea: User, mia: User, lab: Lab
):
    wrong(lea, lab, days_ago=1)
    say(toms)
    Note.objects.get().withdraw()
    wrong(mia, lab)
    assert effect(toms) == "0 of 1"


def test_a_form_that_was_sent_twice_is_one_note(toms: Client, cohort: Cohort, lea: User, lab: Lab):
    wrong(lea, lab)
    for _number in range(2):
        say(toms)
    assert Note.objects.count() == 1


def test_assistants_look_and_say_nothing(client_of, amy: User, lea: User, lab: Lab):
    wrong(lea, lab)
    amys = client_of(amy)
    assert "Say it to the group" not in words_of_page(amys, GROUP)
    assert say(amys).status_code == 404
    assert not Note.objects.exists()


def test_a_note_without_words_and_one_to_an_archived_cohort_are_refused(
    toms: Client, cohort: Cohort, lea: User, lab: Lab
):
    wrong(lea, lab)
    assert "This field is required." in say(toms, " ").content.decode()
    cohort.archive()
    assert "This cohort is archived." in say(toms).content.decode()
    assert not Note.objects.exists()


def test_markdown_of_a_note_is_made_safe(toms: Client, client_of, lea: User, lab: Lab):
    answer = wrong(lea, lab)
    say(toms, "<img src=x onerror=alert(1)> [x](javascript:alert(1))")
    page = words_of_page(client_of(lea), f"/labs/attempts/{answer.pk}/")
    assert "onerror=" not in page.replace("onerror=alert(1)&gt;", "")
    assert "javascript:alert" not in page


def test_notes_are_given_out_to_their_author_and_outlive_them(
    toms: Client, tom: User, lea: User, lab: Lab
):
    wrong(lea, lab)
    say(toms)
    assert [one["text"] for one in data_of(tom)["notes"]] == ["Deny wins."]
    erase(tom)
    assert Note.objects.get().author is None
