"""Checks of lessons that are merged or split: nobody loses what they knew, and nobody is told that
they know what they were never asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from labs.quiz.models import LessonCheck, QuizCard, QuizQuestion
from labs.quiz.sync import plan_quizzes
from labs.quiz.turning_back import WayBack
from labs.reached import lesson_checked
from lessons.models import Lesson
from lessons.sync import plan_courses
from portal.accounts.models import User
from portal.authoring.applying import Undoing, apply
from portal.authoring.planning import plan_content
from tests.labs.quiz.folders import COURSE, question, write
from tests.rows import make_user

BUCKETS, OBJECTS = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
TIMES = {"buckets": BUCKETS, "objects": OBJECTS}
LAST = '[[modules.lessons]]\nslug = "objects"\ntitle = "Objects"\nsections = ["keys"]\n'
MERGED = COURSE.replace(LAST, "").replace('"names"]', '"names", "keys"]')
ONE, TWO, THREE = (
    question(slug, section)
    for slug, section in (("one", "what-it-is"), ("two", "names"), ("three", "keys"))
)


@pytest.fixture
def asked(notes: Path) -> Path:
    """`buckets` asks one and two, `objects` asks three."""
    write(notes, "objects", THREE)
    sync(notes)
    return notes


def sync(notes: Path) -> None:
    for plan in [*plan_courses(notes), *plan_quizzes(notes)]:
        plan.apply()
    for quiz in plan_quizzes(notes):  # of lessons that were not there before
        quiz.apply()


def merge(notes: Path, *questions: str) -> None:
    (notes / "storage" / "course.toml").write_text(MERGED)
    (notes / "storage" / "questions" / "objects.toml").unlink(missing_ok=True)
    write(notes, "buckets", *(questions or (ONE, TWO, THREE)))
    sync(notes)


def split(notes: Path) -> None:
    (notes / "storage" / "course.toml").write_text(COURSE)
    write(notes, "buckets", ONE, TWO)
    write(notes, "objects", THREE)
    sync(notes)


def learner(name: str, *checked: str) -> User:
    user = make_user(name)
    for slug in checked:
        lesson = Lesson.objects.live().get(slug=slug)
        LessonCheck.objects.create(user=user, lesson=lesson, checked_at=TIMES[slug])
    return user


def knows(user: User, *slugs: str) -> None:
    for row in QuizQuestion.objects.filter(slug__in=slugs):
        QuizCard.objects.create(user=user, question=row, answers=1, last_seed=1, counted=1)


def checked(user: User) -> dict[str, datetime]:
    rows = LessonCheck.objects.filter(user=user, lesson__archived_at=None)
    return dict(rows.values_list("lesson__slug", "checked_at"))


def test_a_merged_lesson_is_checked_by_who_checked_all_of_it(asked):
    lea = learner("Lea", "buckets", "objects")
    mia, sam = learner("Mia", "buckets"), learner("Sam", "objects")
    merge(asked)
    assert checked(lea) == {"buckets": BUCKETS}
    assert checked(mia) == checked(sam) == {}
    kept = LessonCheck.objects.filter(user__in=[mia, sam]).order_by("user__name")
    assert [(row.user, row.lesson.title, row.checked_at) for row in kept] == [
        (mia, "Buckets", BUCKETS),
        (sam, "Objects", OBJECTS),
    ]


def test_or_by_who_knows_enough_of_what_it_asks(asked):
    mia = learner("Mia", "buckets")
    knows(mia, "one", "two", "three")
    sam = learner("Sam")
    knows(sam, "one", "two", "three")
    merge(asked)
    assert checked(mia) == {"buckets": BUCKETS}
    assert checked(sam).keys() == {"buckets"}


def test_what_one_of_them_asked_is_enough_where_the_other_asked_nothing(notes):
    sync(notes)
    mia, sam = learner("Mia", "buckets"), learner("Sam")
    merge(notes, ONE, TWO)
    assert checked(mia) == {"buckets": BUCKETS}
    assert checked(sam) == {}


def test_also_where_the_row_that_stays_asked_nothing(notes):
    write(notes, "buckets")
    write(notes, "objects", THREE)
    sync(notes)
    sam = learner("Sam", "objects")
    merge(notes, THREE)
    assert checked(sam) == {"buckets": OBJECTS}


def test_what_is_not_asked_any_more_takes_nothing(asked):
    mia = learner("Mia", "buckets")
    merge(asked, ONE, TWO)
    assert checked(mia) == {"buckets": BUCKETS}


def test_a_question_that_comes_from_a_lesson_that_stays_takes_nothing(asked):
    write(asked, "objects", THREE, question("four", "keys"))
    sync(asked)
    mia = learner("Mia", "buckets")
    write(asked, "buckets", ONE, TWO, question("four", "names"))
    write(asked, "objects", THREE)
    sync(asked)
    assert QuizQuestion.objects.get(slug="four").lesson.slug == "buckets"
    assert checked(mia) == {"buckets": BUCKETS}


def test_who_checked_the_whole_keeps_both_when_it_is_split_again(asked):
    merge(asked)
    mia, sam = learner("Mia", "buckets"), learner("Sam")
    split(asked)
    assert checked(mia) == {"buckets": BUCKETS, "objects": BUCKETS}
    assert checked(sam) == {}


def test_what_is_carried_is_announced(asked):
    mia = learner("Mia", "buckets", "objects")
    merge(asked)
    LessonCheck.objects.filter(lesson__archived_at__isnull=False).delete()
    heard = []
    listener = lambda user, lesson, **_signal: heard.append((user, lesson.slug))  # noqa: E731
    lesson_checked.connect(listener)
    split(asked)
    lesson_checked.disconnect(listener)
    assert heard == [(mia.pk, "objects")]


def test_a_merge_may_be_applied_again_and_again(asked):
    mia, lea = learner("Mia", "buckets"), learner("Lea", "buckets", "objects")
    for _time in range(2):
        merge(asked)
        split(asked)
    assert checked(mia) == {}
    assert checked(lea).keys() == {"buckets", "objects"}
    assert mia.lesson_checks.count() == 1


def test_undone_everybody_has_what_they_had(asked, ada, settings):
    settings.NOTES_DIR, settings.CATALOG_DIR = asked, asked / "no-labs"
    people = [learner("Lea", "buckets", "objects"), learner("Mia", "buckets"), learner("Sam")]
    knows(people[1], "three")
    before = [checked(one) for one in people]
    (asked / "storage" / "course.toml").write_text(MERGED)
    (asked / "storage" / "questions" / "objects.toml").unlink()
    write(asked, "buckets", ONE, TWO, THREE)
    change = apply({}, fingerprint=plan_content().fingerprint, by=ada)
    assert [len(checked(one)) for one in people] == [1, 0, 0]
    assert Undoing(change).undo(ada)
    assert [checked(one) for one in people[::2]] == before[::2]
    assert checked(people[1]).keys() == {"buckets", "objects"}, "what she answered counts there"


def test_what_was_kept_by_an_earlier_version_is_turned_back_as_well(asked):
    kept = {}
    write(asked, "buckets", ONE)
    (plan,) = plan_quizzes(asked)
    plan.apply(lambda _what, _slug, rows: kept.update(rows))
    del kept["carried"]
    WayBack("storage", kept).write()
    assert QuizQuestion.objects.get(slug="two").archived_at is None
