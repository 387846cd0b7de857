"""Questions of lessons in the plan: what happens to them, whose answers they have, and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from labs.quiz.models import LessonCheck, QuizAnswer, QuizQuestion
from lessons.models import Lesson
from portal.accounts.own_data import data_of, erase
from tests.portal.authoring.conftest import InTheBrowser, Learners
from tests.rows import signed_in

CHOICE = """
[[questions]]
section = "buckets"
slug = "what-is-it"
kind = "single"
level = 2
text = "What is a bucket?"
options = [
    { text = "A place for objects", reason = "It holds them.", right = true },
    { text = "A disk", reason = "A disk hangs on an instance." },
    { text = "A queue", reason = "Nothing waits in it." },
]
"""
TYPED = """
[[questions]]
section = "buckets"
slug = "its-word"
kind = "text"
level = 2
text = "What holds objects? One word."
accept = ["bucket"]
reason = "It is a bucket."
otherwise = "It begins with b."
mistakes = [{ accept = ["disk"], reason = "A disk holds blocks." }]
"""


def write(notes_dir: Path, *questions: str) -> None:
    folder = notes_dir / "small" / "questions"
    folder.mkdir(exist_ok=True)
    (folder / "buckets.toml").write_text("".join(questions))


def answer(learners: Learners, name: str, typed: str) -> None:
    lesson = Lesson.objects.get(slug="buckets")
    client = signed_in(learners[name])
    row = QuizQuestion.objects.get(slug="its-word")
    sent = {"number": "1", "edition": row.edition, "typed": typed}
    client.post(f"/quiz/small/{lesson.slug}/its-word/answer/", sent)


@pytest.fixture
def asked(notes_dir: Path, learners: Learners) -> Path:
    """One question, which lea and mia have answered: she rightly, and she not."""
    write(notes_dir, TYPED)
    call_command("sync_content", "--apply", verbosity=0)
    answer(learners, "lea", "bucket")
    answer(learners, "mia", "my dog Rex")
    return notes_dir


def test_new_questions_are_planned_applied_and_taken_back(
    authoring: InTheBrowser, notes_dir: Path, learners: Learners
) -> None:
    write(notes_dir, CHOICE, TYPED)
    text = authoring.page()
    assert "what-is-it, its-word" in text
    assert "2 questions" in text
    authoring.apply()
    assert QuizQuestion.objects.live().count() == 2
    authoring.undo()
    assert QuizQuestion.objects.live().count() == 0


def test_what_leaves_says_who_answered_it_and_keeps_what_that_came_to(
    authoring: InTheBrowser, asked: Path
) -> None:
    write(asked, CHOICE)
    text = authoring.page()
    assert "2 learners answered them and keep what that came to" in text
    authoring.apply()
    assert QuizAnswer.objects.count() == 2
    assert LessonCheck.objects.count() == 1, "lea's"


def test_somebody_answers_meanwhile_and_the_plan_is_still_the_same(
    authoring: InTheBrowser, asked: Path, learners: Learners
) -> None:
    write(asked, CHOICE, TYPED)
    authoring.page()
    answer(learners, "sam", "disk")
    authoring.apply()
    assert QuizQuestion.objects.live().count() == 2


def test_one_takes_ones_answers_along(asked: Path, learners: Learners) -> None:
    (row,) = data_of(learners["mia"])["quiz_answers"]
    assert row["question"] == "its-word"
    assert row["given"] == {"typed": "my dog Rex"}


def test_of_somebody_erased_nothing_typed_is_left(asked: Path, learners: Learners) -> None:
    erase(learners["mia"])
    answers = QuizAnswer.objects.filter(user=learners["mia"])
    assert [(one.given, one.score) for one in answers] == [({}, 0)]
    assert QuizAnswer.objects.filter(user=learners["lea"]).get().given == {"typed": "bucket"}
