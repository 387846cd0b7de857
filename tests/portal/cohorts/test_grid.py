"""tom looks at his cohort; lea and mia learn in it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Lab, State, Submission
from lessons.models import Completion, Course, Place
from portal.accounts.models import User
from portal.cohorts.grid import Grid, grid_of
from portal.cohorts.models import Cohort
from tests.rows import make_course, make_grade, make_lab, make_submission, make_user

GRID = "/cohorts/autumn/"


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
    return [standing.user.name for standing, _cells in answer.context["rows"]]


def test_lessons_and_labs_stand_under_their_module(cohort: Cohort, lab: Lab, firewall: Lab) -> None:
    loose = make_lab(cohort.course, "of-no-lesson")
    groups = {group.title: [str(item) for item in group.items] for group in grid_of(cohort).groups}
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
        ["Lea Learner", "20", "0/2", "✓", "", "75 ×2", "", "…"],
        ["Mia Learner", "20", "1/2", "", "", "100", "", "!"],
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
    [standing] = answer.context["grid"].standings
    assert (standing.done, standing.labs_passed, standing.percent) == ({}, 0, 0)
    assert "onions" not in answer.content.decode().lower()


def test_a_name_is_never_markup(client_of, tom: User, cohort: Cohort) -> None:
    cohort.enrol(make_user("Bob <script>alert(1)</script>"))
    page = client_of(tom).get(GRID).content.decode()
    assert "<script>alert" not in page
    assert "Bob &lt;script&gt;" in page


def failed(user: User, lab: Lab, times: int) -> None:
    for _attempt in range(times):
        make_grade(make_submission(user, lab), 1)


def test_whoever_tries_three_times_in_vain_is_stuck(
    cohort: Cohort, lea: User, mia: User, lab: Lab
) -> None:
    failed(lea, lab, 3)
    failed(mia, lab, 2)
    assert [standing.user for standing in grid_of(cohort).stuck] == [lea]
    make_grade(make_submission(lea, lab), 4)
    assert grid_of(cohort).stuck == []


def test_whoever_tried_most_often_comes_first(
    cohort: Cohort, lea: User, mia: User, lab: Lab
) -> None:
    failed(lea, lab, 3)
    failed(mia, lab, 5)
    assert [standing.user for standing in grid_of(cohort).stuck] == [mia, lea]


def test_our_faults_are_no_attempts_but_are_seen(cohort: Cohort, lea: User, lab: Lab) -> None:
    for _ in range(4):
        make_submission(lea, lab, state=State.FAULTED)
    grid = grid_of(cohort)
    assert grid.stuck == []
    assert [(s.user, [progress.faults for _lab, progress in s.faulted]) for s in grid.faulted] == [
        (lea, [4])
    ]


def away(grid: Grid) -> list[str]:
    return [standing.user.get_short_name() for standing in grid.away]


def test_signs_of_life_are_reading_completing_submitting_and_signing_in(
    cohort: Cohort, course: Course, lab: Lab
) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    ann, bob, cleo, dora, ed = (make_user(name) for name in ("Ann", "Bob", "Cleo", "Dora", "Ed"))
    for user in (ann, bob, cleo, dora, ed):
        cohort.enrol(user)
    assert set(away(grid_of(cohort))) == {"Ann", "Bob", "Cleo", "Dora", "Ed"}
    lesson = course.lessons.get(slug="buckets")
    lesson.remember_place(ann)
    lesson.complete(bob)
    make_submission(cleo, lab)
    User.objects.filter(pk=dora.pk).update(last_login=timezone.now())
    assert away(grid_of(cohort)) == ["Ed"]
    Place.objects.update(seen_at=long_ago)
    Completion.objects.update(completed_at=long_ago - timedelta(days=1))
    Submission.objects.update(created_at=long_ago)
    assert away(grid_of(cohort))[:2] == ["Ed", "Bob"]
    assert len(away(grid_of(cohort))) == 4


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, ["Lea Learner", "Mia Learner", "Zoe"]),
        ({"q": "LEARN"}, ["Lea Learner", "Mia Learner"]),
        ({"q": "zoe@example"}, ["Zoe"]),
        ({"show": "stuck"}, ["Mia Learner"]),
        ({"show": "away"}, ["Zoe"]),
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
    assert "Aws · Cooking" in answer.content.decode()


def test_an_assistant_is_offered_nothing_to_change(client_of, amy: User, lea: User) -> None:
    assert "/invitations/" not in client_of(amy).get(GRID).content.decode()


def test_an_empty_cohort_says_how_to_fill_it(client_of, tom: User) -> None:
    page = client_of(tom).get(GRID).content.decode()
    assert "Nobody learns here yet" in page
    assert 'href="/cohorts/autumn/invitations/"' in page


@pytest.mark.parametrize("learners", [1, 30])
def test_thirty_learners_take_as_many_queries_as_one(
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
    # session, user with the header's needs, cohort and its courses; learners, completions,
    # submissions
    with django_assert_num_queries(7):
        client.get(GRID)


def test_the_grid_takes_as_many_queries_for_a_long_course(
    client_of, tom: User, lea: User, cohort: Cohort, django_assert_num_queries
) -> None:
    long = make_course(
        "long", {f"m{m}": {f"lesson-{m}-{n}": [] for n in range(5)} for m in range(4)}
    )
    cohort.choose([long])
    for number in range(10):
        make_lab(cohort.course, f"lab-{number}")
    client: Client = client_of(tom)
    client.get(GRID)
    with django_assert_num_queries(7):
        client.get(GRID)
