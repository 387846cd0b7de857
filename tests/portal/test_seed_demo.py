"""`manage.py seed_demo`: somebody who looks around for the first time."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import Draft, Grade, Submission
from labs.sync import plan_labs
from lessons.models import Completion, Course, Place
from portal.accounts.models import User
from portal.cohorts.choosing import Wish
from portal.cohorts.grid import grid_of
from portal.cohorts.models import Cohort, Invitation, Membership
from portal.management.commands.seed_demo import LEARNERS, PASSWORD, demo_sign_ins
from tests.labs.kinds import words
from tests.labs.quiz.asking import ask

LAB = """
schema = 1
kind = "words"
course = "aws"
title = "Say it"
sections = ["policy-structure"]
[spec]
wanted = ["allow", "read"]
[wrong]
"half.txt" = ["words.missing"]
"""
FILES = {
    "lab.toml": LAB,
    "brief.md": "Say allow and read.",
    "explanation.md": "So.",
    "starter.txt": "say",
    "solution.txt": "allow read",
    "wrong/half.txt": "allow",
}
ASKED = {
    "buckets": ("two-allows-one-deny", "whose-role-is-it"),
    "policies": ("name-of-the-region",),
    "security-groups": ("hosts-of-a-subnet", "line-of-the-principal"),
}


@pytest.fixture
def demo(
    course: Course, tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch, capsys
) -> Cohort:
    monkeypatch.setitem(KINDS, "words", words)
    settings.CATALOG_DIR = tmp_path
    for slug in ("deny-wins", "one-folder-in-a-bucket"):
        for name, text in FILES.items():
            path = tmp_path / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    for plan in plan_labs(tmp_path):
        plan.apply()
    for lesson, slugs in ASKED.items():
        ask(course.lessons.get(slug=lesson), *slugs)
    call_command("seed_demo")
    return Cohort.objects.get(slug="demo")


def test_two_learners_answered_questions_and_one_of_each_is_due(demo: Cohort) -> None:
    for name in ("lea", "mia"):
        user = User.objects.get(email=f"{name}@demo.example")
        assert user.quiz_answers.count() == 5
        assert user.lesson_checks.count() == 2, "two lessons are checked, the third is not"
        due = user.quiz_cards.exclude(due=None)
        assert [card.question.slug for card in due] == ["line-of-the-principal"]
        assert due.get().due < timezone.now()
    assert not User.objects.get(email="sam@demo.example").quiz_answers.exists()


def test_the_sign_ins_are_printed_and_work(demo: Cohort, capsys) -> None:
    printed = capsys.readouterr().out
    assert printed.splitlines() == demo_sign_ins()
    assert f"password {PASSWORD}" in printed
    assert demo.invitations.get().code in printed
    for name in ("tom", "lea", "mia", "sam", "admin"):
        form = {"login": f"{name}@demo.example", "password": PASSWORD}
        assert Client().post("/accounts/login/", form).status_code == 302


def test_one_can_try_what_it_is_to_open_a_cohort(demo: Cohort) -> None:
    assert demo.instructors.get().may_open_cohorts


def test_the_history_was_really_checked(demo: Cohort) -> None:
    stories = {
        user.get_short_name(): [
            (submission.lab.slug, submission.text, submission.passed)
            for submission in user.submissions.order_by("created_at")
        ]
        for user in demo.learners
    }
    wrong, right = ("deny-wins", "allow", False), ("deny-wins", "allow read", True)
    assert stories["Lea"] == [wrong, right, ("one-folder-in-a-bucket", "allow", False)]
    assert stories["Sam"] == [wrong] * 4
    assert Grade.objects.count() == Submission.objects.count() == 3 + 1 + 4
    assert Draft.objects.get(user__email="sam@demo.example").text == "allow"


def test_the_instructor_finds_who_needs_help(demo: Cohort) -> None:
    grid = grid_of(demo)
    assert [one.name for one in grid.chosen(Wish(3, show="stuck"))] == ["Sam Santos"]
    assert [one.name for one in grid.chosen(Wish(3, days=7))] == ["Sam Santos"]
    grid.learn()
    assert [one.name for one in grid.briefs if one.done] == ["Lea Learner", "Mia Miller"]


def test_every_lab_of_the_history_is_in_the_catalog() -> None:
    catalog = {
        path.parent.name
        for path in (Path(__file__).parents[2] / "labs" / "catalog").glob("*/lab.toml")
    }
    assert {slug for learner in LEARNERS for slug in learner.answers} - catalog == set()


def everything() -> list[list[tuple]]:
    models = (User, Cohort, Membership, Invitation, Completion, Place, Submission, Grade, Draft)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_running_it_again_changes_nothing(demo: Cohort) -> None:
    before = everything()
    call_command("seed_demo")
    assert everything() == before


@pytest.mark.parametrize("words", [[], ["--password", "short"], ["--password", "learn-by-doing"]])
def test_a_deployment_s_demo_needs_a_password_of_its_own(
    course: Course, settings, words: list[str]
) -> None:
    settings.DEPLOYED = True
    with pytest.raises(CommandError, match="password is public"):
        call_command("seed_demo", *words)
    assert not User.objects.exists()


def test_a_deployment_s_demo_has_the_password_that_was_given(course: Course, settings) -> None:
    settings.DEPLOYED = True
    call_command("seed_demo", "--password", "a-secret-of-ours")
    assert Cohort.objects.get().learners.count() == 3
    assert User.objects.get(email="lea@demo.example").check_password("a-secret-of-ours")


def test_without_the_course_it_says_what_to_do_first(db: None) -> None:
    with pytest.raises(CommandError, match="sync_content --apply"):
        call_command("seed_demo")
    assert demo_sign_ins() == []
