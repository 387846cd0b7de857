"""The questions of a course as they stood before a plan was applied."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from labs.quiz.carrying import Carried
from labs.quiz.checking_again import check_again
from labs.quiz.models import QuizQuestion
from lessons.editions import new_edition
from lessons.kept_rows import Keep, Kept, Rows, keep_nothing, put_back, rows_of
from lessons.models import Course

VERSION = ("slug", "content_hash", "archived_at", "lesson_id", "section_id", "position")


def rows_of_quiz(slug: str) -> Rows:
    return rows_of(QuizQuestion.objects.filter(course__slug=slug).order_by("pk"))


@contextmanager
def keeping(slug: str, keep: Keep) -> Iterator[dict[str, Any]]:
    """Within the transaction that writes the questions; with what else the way back needs."""
    kept: dict[str, Any] = {}
    if keep is keep_nothing:
        yield kept
        return
    before = rows_of_quiz(slug)
    yield kept
    after = rows_of_quiz(slug)
    kept |= {"questions": asdict(Kept.between(before, after)), "left": version_in(after)}
    keep("quiz", slug, kept)


def version_in(rows: Rows) -> list[Any]:
    return [[row[name] for name in VERSION] for row in rows.values()]


class WayBack:
    """Of the questions of one course, from what was kept when a plan was applied."""

    def __init__(self, slug: str, kept: dict[str, Any]) -> None:
        self.slug, self.left = slug, kept["left"]
        self.questions = Kept(**kept["questions"])
        self.carried = Carried(**kept.get("carried", {}))

    @property
    def is_open(self) -> bool:
        """Nothing was applied to them since."""
        return bool(version_in(rows_of_quiz(self.slug)) == self.left)

    def write(self) -> None:
        """Within a transaction that has asked whether it `is_open`."""
        put_back(QuizQuestion, self.questions.before)
        made = QuizQuestion.objects.filter(pk__in=self.questions.made)
        made.update(archived_at=timezone.now())
        self.carried.take_back()
        # What was answered meanwhile counts for the lessons that ask it again
        check_again({row["lesson_id"] for row in self.questions.before.values()})
        Course.objects.filter(slug=self.slug).update(edition=new_edition())
