"""The questions of the course that is shipped: fair, and some in every lesson."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from labs.grading.quiz.reading import KINDS
from labs.quiz.proof import doubts_about_quiz
from labs.quiz.source import read_quiz
from lessons.source import read_course

FOLDER = Path(__file__).resolve().parents[3] / "lessons" / "notes" / "aws"
QUIZ = read_quiz(FOLDER, read_course(FOLDER))


def test_each_is_fair_whatever_is_drawn_and_so_are_all_together() -> None:
    assert list(doubts_about_quiz(QUIZ)) == []


def test_every_lesson_asks_something_and_ends_with_a_case() -> None:
    assert [slug for slug, asked in QUIZ.lessons.items() if not 3 <= len(asked) <= 8] == []
    assert all(asked[-1].is_case for asked in QUIZ.lessons.values())


def test_every_kind_is_asked_and_there_are_as_many_as_planned() -> None:
    counted = Counter(question.kind for question in QUIZ.questions)
    assert counted.keys() == KINDS.keys()
    assert counted.total() >= 190


def test_the_right_option_is_not_known_by_its_length() -> None:
    """Who always takes the longest of four is not right much more often than by chance."""
    singles = [question for question in QUIZ.questions if question.kind == "single"]
    longest = sum(max(one.table["options"], key=length).get("right", False) for one in singles)
    assert longest / len(singles) < 1 / 3


def length(option: dict[str, str]) -> int:
    return len(option["text"])
