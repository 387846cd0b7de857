"""tom looks at his cohort; lea and mia learn in it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labs.models import Lab, State, Submission
from lessons.models import Completion, Course, Lesson, Place
from portal.accounts.models import User
from portal.cohorts import sums
from portal.cohorts.choosing import Wish
from portal.cohorts.content import content_of
from portal.cohorts.grid import Grid, grid_of
from portal.cohorts.models import Cohort, DueDate, Late
from tests.rows import make_course, make_grade, make_lab, make_submission, make_user

GRID = "/cohorts/autumn/"
FIGURES = f"{GRID}figures/"


@pytest.fixture
def lab(course: Course) -> Lab:
    return make_lab(course, "read-one-bucket", section="policy-structure")


@pytest.fixture
def firewall(course: Course) -> Lab:
    return make_lab(course, "let-the-web-in", section="inbound-rules")


def table(answer) -> list[list[str]]:
    """The grid as one sees it: rows of words."""
    text = answer.content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", text[text.index('class="marks"') :], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in cells]


def names(answer) -> list[str]:
    return [row.who.name for row in answer.context["page"].rows]


def test_lessons_and_labs_stand_under_their_module(cohort: Cohort, lab: Lab, firewall: Lab) -> None:
    loose = make_lab(cohort.course, "of-no-lesson")
    groups = {
        group.title: [str(item) for item in group.items] for group in content_of(cohort).groups
    }
    assert groups == {
        "Storage": ["Buckets", "Policies", "Read one bucket"],
        "Network": ["Security groups", "Let the web in"],
        "Other labs": [str(loose)],
    }


def test_the_grid_shows_who_did_what(
    client_of, tom: User, lea: User, mia: User, course: Course, lab: Lab, firewall: Lab
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    make_grade(make_submission(lea, lab), 1)
    make_grade(make_submission(lea, lab), 3)
    make_grade(make_submission(mia, lab), 4)
    make_submission(lea, firewall)
    make_submission(mia, firewall, state=State.FAULTED)
    modules, head, *rows = table(client_of(tom).get(GRID))
    assert modules == ["Module", "In all", "Storage", "Network"]
    assert head[4:] == [
        "Buckets",
        "Policies",
        "Read one bucket",
        "Security groups",
        "Let the web in",
    ]
    assert [row[:1] + row[1:3] + row[4:] for row in rows] == [
        ["Lea Learner", "20", "0/2", "✓", "–", "75 ×2", "–", "…"],
        ["Mia Learner", "20", "1/2", "–", "–", "100", "–", "!"],
    ]


def test_other_courses_and_instructors_are_not_in_the_grid(
    client_of, tom: User, lea: User, other_cohort: Cohort, lab: Lab
) -> None:
    other_cohort.enrol(lea)
    elsewhere = make_lab(other_cohort.course, "cut-onions")
    make_grade(make_submission(lea, elsewhere), 4)
    other_cohort.course.lessons.get().complete(lea)
    make_submission(tom, lab)
    answer = client_of(tom).get(GRID)
    assert names(answer) == ["Lea Learner"]
    [brief] = answer.context["grid"].briefs
    assert (brief.done, brief.passed, brief.begun, brief.percent) == (0, 0, 0, 0)
    assert "onions" not in answer.content.decode().lower()


def test_a_name_is_never_markup(client_of, tom: User, cohort: Cohort) -> None:
    cohort.enrol(make_user("Bob <script>alert(1)</script>"))
    page = client_of(tom).get(GRID).content.decode()
    assert "<script>alert" not in page
    assert "Bob &lt;script&gt;" in page


def failed(user: User, lab: Lab, times: int) -> None:
    for _attempt in range(times):
        make_grade(make_submission(user, lab), 1)


def learnt(cohort: Cohort) -> Grid:
    grid = grid_of(Cohort.objects.get(pk=cohort.pk))
    grid.learn()
    return grid


def stuck(cohort: Cohort) -> list[str]:
    wish = Wish(cohort.stuck_after, show="stuck", sort="stuck")
    return [one.name for one in grid_of(cohort).chosen(wish)]


def test_whoever_tries_three_times_in_vain_is_stuck(
    cohort: Cohort, lea: User, mia: User, lab: Lab
) -> None:
    failed(lea, lab, 3)
    failed(mia, lab, 2)
    assert stuck(cohort) == ["Lea Learner"]
    make_grade(make_submission(lea, lab), 4)
    assert stuck(cohort) == []


def test_whoever_tried_most_often_comes_first(
    cohort: Cohort, lea: User, mia: User, lab: Lab
) -> None:
    failed(lea, lab, 3)
    failed(mia, lab, 5)
    assert stuck(cohort) == ["Mia Learner", "Lea Learner"]


def test_the_cohort_says_after_how_many_failures_somebody_is_stuck(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, lab: Lab
) -> None:
    failed(lea, lab, 2)
    failed(mia, lab, 1)
    client = client_of(tom)
    client.get(FIGURES)
    Cohort.objects.filter(pk=cohort.pk).update(stuck_after=2)
    answer = client.get(GRID)
    assert numbers(client.get(FIGURES))["stuck on a lab"] == "1"
    assert [row[6] for row in table(answer)[2:]] == ["▲ 25 ×2", "25"]
    assert "▲ 2 or more without passing" in " ".join(answer.content.decode().split())
    for asked in ({"show": "stuck"}, {"show": "stuck", "item": key_of(lab)}):
        assert names(client.get(GRID, asked)) == ["Lea Learner"]


def test_our_faults_are_no_attempts_but_are_seen(
    client_of, tom: User, cohort: Cohort, lea: User, mia: User, lab: Lab, firewall: Lab
) -> None:
    for _ in range(4):
        make_submission(lea, lab, state=State.FAULTED)
    assert stuck(cohort) == []
    client = client_of(tom)
    for item, shown in ((lab, ["Lea Learner"]), (firewall, [])):
        assert names(client.get(GRID, {"show": "faulted", "item": key_of(item)})) == shown
    assert names(client.get(GRID, {"show": "new", "item": key_of(lab)})) == ["Mia Learner"]


def away(cohort: Cohort) -> list[str]:
    wish = Wish(cohort.stuck_after, days=7, sort="seen")
    return [one.name for one in grid_of(cohort).chosen(wish)]


def test_signs_of_life_are_reading_completing_submitting_and_signing_in(
    cohort: Cohort, course: Course, lab: Lab
) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    ann, bob, cleo, dora, ed = (make_user(name) for name in ("Ann", "Bob", "Cleo", "Dora", "Ed"))
    for user in (ann, bob, cleo, dora, ed):
        cohort.enrol(user)
    assert set(away(cohort)) == {"Ann", "Bob", "Cleo", "Dora", "Ed"}
    lesson = course.lessons.get(slug="buckets")
    lesson.remember_place(ann)
    lesson.complete(bob)
    make_submission(cleo, lab)
    User.objects.filter(pk=dora.pk).update(last_login=timezone.now())
    assert away(cohort) == ["Ed"]
    Place.objects.update(seen_at=long_ago)
    Completion.objects.update(completed_at=long_ago - timedelta(days=1))
    Submission.objects.update(created_at=long_ago)
    assert away(cohort)[:2] == ["Ed", "Bob"]
    assert len(away(cohort)) == 4


def test_whoever_joins_while_the_page_is_made_does_not_stop_it(
    cohort: Cohort, lea: User, mia: User, lab: Lab
) -> None:
    """Where a condition is asked instead of their keys, their rows are among what is found."""
    make_grade(make_submission(mia, lab), 4)
    make_grade(make_submission(lea, lab), 4)
    grid = grid_of(cohort)
    grid.briefs = [one for one in grid.briefs if one.pk == lea.pk]
    with patch.object(sums, "MANY", 0):
        grid.learn()
    assert [one.passed for one in grid.briefs] == [1]


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        ({}, set()),
        ({"q": "lea", "label": "b"}, set()),
        ({"show": "stuck", "sort": "stuck"}, {"labs_effort"}),
        ({"sort": "least"}, {"labs_effort", "lessons_completion"}),
        ({"show": "faulted"}, {"labs_submission"}),
        (
            {"days": 3},
            {"labs_effort", "lessons_completion", "labs_submission", "lessons_place"},
        ),
    ],
)
def test_of_everybody_only_what_chooses_them_is_counted(
    cohort: Cohort, lea: User, lab: Lab, wish: dict[str, Any], asked: set[str]
) -> None:
    grid = grid_of(cohort)
    with CaptureQueriesContext(connection) as queries:
        grid.chosen(Wish(3, **wish))
    sql = " ".join(one["sql"] for one in queries.captured_queries)
    assert set(re.findall(r'FROM "((?:labs|lessons)_\w+)"', sql)) == asked


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Lea Learner", "Mia Learner", "Zoe"]),
        ({"q": "LEARN"}, ["Lea Learner", "Mia Learner"]),
        ({"q": "zoe@example"}, ["Zoe"]),
        ({"show": "stuck"}, ["Mia Learner"]),
        ({"days": "7"}, ["Zoe"]),
        ({"days": "0"}, ["Lea Learner", "Mia Learner", "Zoe"]),
        ({"show": "trying"}, []),
        ({"show": "new"}, ["Zoe"]),
        ({"show": "passed"}, []),
        ({"sort": "stuck"}, ["Mia Learner", "Lea Learner", "Zoe"]),
        ({"show": "faulted"}, ["Lea Learner"]),
        ({"sort": "most"}, ["Lea Learner", "Mia Learner", "Zoe"]),
        ({"sort": "least", "q": "learner"}, ["Mia Learner", "Lea Learner"]),
        ({"sort": "seen", "q": "z"}, ["Zoe"]),
        (
            {"sort": "'; drop table", "show": "x", "module": "x"},
            ["Lea Learner", "Mia Learner", "Zoe"],
        ),
        ({"show": "stuck", "q": "lea l"}, []),
    ],
)
def test_the_grid_is_filtered_and_ordered_by_its_address(
    client_of,
    tom: User,
    lea: User,
    mia: User,
    cohort: Cohort,
    lab: Lab,
    asked: dict[str, str],
    shown: list[str],
) -> None:
    cohort.enrol(make_user("Zoe"))
    cohort.course.lessons.get(slug="buckets").complete(lea)
    failed(mia, lab, 3)
    make_submission(lea, lab, state=State.FAULTED)
    assert names(client_of(tom).get(GRID, asked)) == shown


def test_whoever_looks_for_somebody_is_not_moved_away_by_what_comes_above(
    client_of, tom: User, lea: User
) -> None:
    """Who needs help is loaded after the page: the grid, to which its address leads, would move."""
    client = client_of(tom)
    assert 'id="help"' in client.get(GRID).content.decode()
    assert 'id="help"' not in client.get(GRID, {"show": "stuck"}).content.decode()


def test_one_module_alone_can_be_looked_at(
    client_of, tom: User, lea: User, lab: Lab, firewall: Lab
) -> None:
    head = table(client_of(tom).get(GRID, {"module": "network"}))[1]
    assert head[4:] == ["Security groups", "Let the web in"]


def test_a_cohort_of_two_courses_shows_both(
    client_of, tom: User, lea: User, cohort: Cohort, other_course: Course
) -> None:
    cohort.choose([cohort.course, other_course])
    other_course.lessons.get().complete(lea)
    answer = client_of(tom).get(GRID)
    modules, head, row = table(answer)
    assert modules[2:] == ["Storage", "Network", "Basics"]
    assert (head[-1], row[1], row[-1]) == ("Knives", "25", "✓")
    assert "Aws · Cooking" in re.sub(r"</?span[^>]*>", "", answer.content.decode())


def test_an_assistant_is_offered_nothing_to_change(client_of, amy: User, lea: User) -> None:
    assert "/invitations/" not in client_of(amy).get(GRID).content.decode()


def test_an_empty_cohort_says_how_to_fill_it(client_of, tom: User) -> None:
    page = client_of(tom).get(GRID).content.decode()
    assert "Nobody learns here yet" in page
    assert 'href="/cohorts/autumn/invitations/"' in page


def key_of(thing: Lesson | Lab) -> str:
    return f"{thing._meta.model_name}-{thing.pk}"


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("stuck", ["Mia Learner"]),
        ("trying", ["Lea Learner"]),
        ("passed", ["Ann"]),
        ("new", ["Zoe"]),
        ("late", ["Lea Learner", "Mia Learner", "Zoe"]),
        ("", ["Ann", "Lea Learner", "Mia Learner", "Zoe"]),
    ],
)
def test_how_they_stand_with_one_lab_is_asked_for(
    client_of,
    tom: User,
    lea: User,
    mia: User,
    cohort: Cohort,
    lab: Lab,
    show: str,
    shown: list[str],
) -> None:
    ann, _zoe = (make_user(name) for name in ("Ann", "Zoe"))
    for user in User.objects.filter(name__in=["Ann", "Zoe"]):
        cohort.enrol(user)
    make_grade(make_submission(ann, lab, created_at=timezone.now() - timedelta(days=3)), 4)
    failed(lea, lab, 2)
    failed(mia, lab, 3)
    due = timezone.now() - timedelta(days=1)
    DueDate.objects.write(cohort, {("lab", lab.pk): due})
    assert names(client_of(tom).get(GRID, {"item": key_of(lab), "show": show})) == shown


def test_how_they_stand_with_one_lesson_is_asked_for(
    client_of, tom: User, lea: User, mia: User, course: Course
) -> None:
    buckets = course.lessons.get(slug="buckets")
    buckets.complete(lea)
    client = client_of(tom)
    for show, shown in (("passed", ["Lea Learner"]), ("new", ["Mia Learner"]), ("stuck", [])):
        assert names(client.get(GRID, {"item": key_of(buckets), "show": show})) == shown


def test_whoever_has_longer_is_not_late(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, lab: Lab
) -> None:
    now = timezone.now()
    DueDate.objects.write(cohort, {("lab", lab.pk): now - timedelta(days=1)})
    cohort.due_dates.get().extend(mia, now + timedelta(days=1))
    client = client_of(tom)
    assert names(client.get(GRID, {"show": "late"})) == ["Lea Learner"]
    assert names(client.get(GRID, {"show": "late", "item": key_of(lab)})) == ["Lea Learner"]
    assert [one.missing for one in learnt(cohort).briefs] == [1, 0]


def test_what_is_late_does_not_count_where_the_cohort_says_so(
    cohort: Cohort, course: Course, lea: User, mia: User, lab: Lab
) -> None:
    """One by one, and for somebody with a date of their own, it comes to the same."""
    now, buckets = timezone.now(), course.lessons.get(slug="buckets")
    for user in (lea, mia):
        buckets.complete(user)
        make_grade(make_submission(user, lab), 4)
    yesterday = now - timedelta(days=1)
    cohort.late = Late.NOT_COUNTED
    cohort.save()
    DueDate.objects.write(cohort, {("lab", lab.pk): yesterday, ("lesson", buckets.pk): yesterday})
    cohort.due_dates.get(lab=lab).extend(mia, now + timedelta(days=1))
    briefs = learnt(cohort).briefs
    assert [(one.done, one.passed, one.missing) for one in briefs] == [(0, 0, 0), (0, 1, 0)]


def test_a_label_is_a_filter_where_there_are_some(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort
) -> None:
    client = client_of(tom)
    assert "label" not in client.get(GRID).context["form"].fields
    cohort.memberships.get(user=mia).label("group b")
    answer = client.get(GRID, {"label": "group b"})
    assert names(answer) == ["Mia Learner"]
    assert '<option value="group b" selected>group b</option>' in answer.content.decode()
    assert names(client.get(GRID, {"label": "group"})) == []


def test_one_course_of_two_can_be_looked_at(
    client_of, tom: User, lea: User, cohort: Cohort, other_course: Course
) -> None:
    client = client_of(tom)
    assert "course" not in client.get(GRID).context["form"].fields
    cohort.choose([cohort.course, other_course])
    head = table(client.get(GRID, {"course": "cooking"}))[1]
    assert head[4:] == ["Knives"]


def test_a_cell_leads_to_its_story(
    client_of, tom: User, lea: User, course: Course, lab: Lab
) -> None:
    client = client_of(tom)
    page = client.get(GRID).content.decode()
    for thing in (lab, course.lessons.get(slug="buckets")):
        address = f"learners/{lea.pk}/{key_of(thing)}/"
        assert f'<a href="{address}">' in page
        assert client.get(f"{GRID}{address}").status_code == 200


def test_a_hundred_learners_are_a_page(client_of, tom: User, cohort: Cohort, lab: Lab) -> None:
    for number in range(101):
        cohort.enrol(make_user(f"Learner{number:03}"))
    client = client_of(tom)
    first, second = (names(client.get(GRID, {"page": page})) for page in "12")
    assert (len(first), second) == (100, ["Learner100"])
    page = client.get(GRID, {"sort": "most", "q": "learner"}).content.decode()
    assert 'href="?sort=most&amp;q=learner&amp;page=2#grid"' in page
    assert names(client.get(GRID, {"page": "99"})) == ["Learner100"]


def numbers(answer) -> dict[str, str]:
    return {one.name: one.value for one in answer.context["figures"].numbers}


def test_the_cohort_in_five_numbers(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, course: Course, lab: Lab
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    failed(lea, lab, 3)
    assert numbers(client_of(tom).get(FIGURES)) == {
        "learners": "2",
        "here within a week": "1",
        "done on average": "12 %",
        "stuck on a lab": "1",
        "not begun": "1",
    }
    DueDate.objects.write(cohort, {("lab", lab.pk): timezone.now() - timedelta(days=1)})
    assert numbers(client_of(tom).get(FIGURES))["behind due dates"] == "2"


def test_progress_week_by_week_and_labs_by_difficulty(
    client_of, tom: User, lea: User, mia: User, course: Course, lab: Lab, firewall: Lab
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    Completion.objects.update(completed_at=timezone.now() - timedelta(days=10))
    make_grade(make_submission(lea, firewall), 4)
    failed(mia, firewall, 2)
    failed(lea, lab, 3)
    figures = client_of(tom).get(FIGURES).context["figures"]
    assert [bar.value for bar in figures.weeks.bars] == [0] * 10 + [10, 20]
    assert [(one.lab, one.begun, one.passed, one.tries) for one in figures.labs] == [
        (lab, 1, 0, 3.0),
        (firewall, 2, 1, 1.0),
    ]
    assert [level.width for level in figures.hardest.levels] == [0, 100]


def test_figures_are_of_the_cohort_alone(
    client_of, tom: User, lea: User, mia: User, other_cohort: Cohort, lab: Lab
) -> None:
    other_cohort.enrol(make_user("Zoe"))
    failed(User.objects.get(name="Zoe"), lab, 2)
    assert client_of(tom).get(FIGURES).context["figures"].labs == []


@pytest.mark.parametrize("learners", [3, 30])
def test_thirty_learners_take_as_many_queries_as_three(
    client_of,
    tom: User,
    cohort: Cohort,
    lab: Lab,
    firewall: Lab,
    learners: int,
    django_assert_num_queries,
) -> None:
    for number in range(learners):
        user = make_user(f"Learner{number}")
        cohort.enrol(user)
        cohort.course.lessons.get(slug="buckets").complete(user)
        failed(user, lab, 2)
    client = client_of(tom)
    client.get(GRID)
    asked = {"show": "trying", "item": key_of(lab), "q": "learner", "sort": "least"}
    # session, user with the header's needs, cohort and its courses; who they are, what chooses
    # them, what those shown come to and how they stand; figures, once a minute, are of all
    for query, number in ({}, 7), (asked, 8):
        with django_assert_num_queries(number):
            client.get(GRID, query)
    for number in (7, 5):
        with django_assert_num_queries(number):
            client.get(FIGURES)


def test_the_page_shows_figures_that_are_kept_and_fetches_others_after_its_rows(
    client_of, tom: User, lea: User, cohort: Cohort
) -> None:
    client = client_of(tom)
    page = client.get(GRID)
    assert f'hx-get="{FIGURES}" hx-trigger="load"' in page.content.decode()
    assert [one.value for one in page.context["numbers"]][1:] == ["…"] * 4
    later = client.get(FIGURES, headers={"HX-Request": "true"}).content.decode()
    assert 'id="numbers" hx-swap-oob="true"' in later
    assert "<html" not in later
    page = client.get(GRID)
    assert FIGURES not in page.content.decode()
    assert "…" not in [one.value for one in page.context["numbers"]]


def test_figures_are_a_page_without_javascript(client_of, tom: User, lea: User) -> None:
    page = client_of(tom).get(FIGURES).content.decode()
    assert "Percent of everything done, week by week" in page
    assert f'href="{GRID}?sort=seen#grid"' in page
    assert "hx-swap-oob" not in page


def test_figures_of_nobody_are_nothing(client_of, tom: User, cohort: Cohort) -> None:
    cohort.memberships.exclude(user=tom).delete()
    assert numbers(client_of(tom).get(FIGURES))["learners"] == "0"


def test_the_grid_takes_as_many_queries_for_a_long_course_with_due_dates(
    client_of, tom: User, lea: User, cohort: Cohort, django_assert_num_queries
) -> None:
    long = make_course(
        "long", {f"m{m}": {f"lesson-{m}-{n}": [] for n in range(5)} for m in range(4)}
    )
    cohort.choose([long])
    for number in range(10):
        make_lab(cohort.course, f"lab-{number}")
    dates = {("module", one.pk): timezone.now() for one in long.modules.all()}
    DueDate.objects.write(cohort, dates)
    cohort.due_dates.first().extend(lea, timezone.now())
    client: Client = client_of(tom)
    client.get(GRID)
    with django_assert_num_queries(7):
        client.get(GRID)
