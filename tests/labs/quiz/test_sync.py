"""Questions in files become rows: planned, applied, turned back."""

from __future__ import annotations

from pathlib import Path

import pytest

from labs.grading.errors import SpecError
from labs.quiz.models import QuizQuestion
from labs.quiz.proof import doubts_about_quiz
from labs.quiz.sync import QuizPlan, plan_quizzes
from labs.quiz.turning_back import WayBack
from lessons.toml_table import SourceError
from tests.labs.quiz.folders import COURSE, NOTES, question, write


def apply(notes: Path) -> dict[str, list[str]]:
    plans = plan_quizzes(notes)
    for plan in plans:
        plan.apply()
    assert plan_quizzes(notes) == [], "nothing is left to do"
    return {kind: slugs for plan in plans for kind, slugs in plan.changes.items() if slugs}


def rows() -> list[tuple[str, str, int, bool]]:
    return [
        (row.slug, row.lesson.slug, row.position, row.archived_at is None)
        for row in QuizQuestion.objects.order_by("slug")
    ]


def test_new_questions_are_added_in_their_order(notes):
    assert apply(notes) == {"added": ["one", "two"]}
    assert rows() == [("one", "buckets", 1, True), ("two", "buckets", 2, True)]


def test_what_is_drawn_survives_markdown(notes):
    apply(notes)
    table = QuizQuestion.objects.get(slug="one").table
    place = "&lt;&lt;n&gt;&gt;"
    assert table["text"] == (
        f"How many of {place} in <code>{place}.txt</code> are <strong>right</strong>?"
    )
    assert table["options"][0]["reason"] == f"It is {place}."
    assert table["options"][0]["text"] == "a &lt; b <code>c</code>"


def test_a_tag_that_one_text_leaves_open_ends_with_it(notes):
    write(notes, "buckets", question("one", "names", right="a <b>c"))
    apply(notes)
    texts = [one["text"] for one in QuizQuestion.objects.get(slug="one").table["options"]]
    assert texts == ["a <b>c</b>", "none", "all"]


def test_an_option_keeps_its_key_when_another_is_put_before_it(notes):
    apply(notes)
    before = QuizQuestion.objects.get(slug="one").table["options"]
    text = question("one", "what-it-is").replace(
        "options = [\n", 'options = [\n    { text = "some", reason = "No." },\n'
    )
    write(notes, "buckets", text, question("two", "names"))
    assert apply(notes) == {"changed": ["one"]}
    after = QuizQuestion.objects.get(slug="one").table["options"]
    assert [one["key"] for one in after][1:] == [one["key"] for one in before]


def test_one_that_leaves_is_archived_and_comes_back(notes):
    apply(notes)
    write(notes, "buckets", question("one", "what-it-is"))
    assert apply(notes) == {"removed": ["two"]}
    assert rows()[1] == ("two", "buckets", 2, False)
    write(notes, "buckets", question("one", "what-it-is"), question("two", "names"))
    assert apply(notes) == {"revived": ["two"]}
    assert rows()[1] == ("two", "buckets", 2, True)


def test_one_that_goes_to_another_lesson_is_the_same(notes):
    apply(notes)
    key = QuizQuestion.objects.get(slug="two").pk
    write(notes, "buckets", question("one", "what-it-is"))
    write(notes, "objects", question("two", "keys"))
    apply(notes)
    row = QuizQuestion.objects.get(pk=key)
    assert (row.lesson.slug, row.section.slug) == ("objects", "keys")


def test_a_plan_says_what_it_does(notes):
    (plan,) = plan_quizzes(notes)
    assert plan.lines() == ["questions of storage: 2 added (one, two)"]


def test_what_asks_about_a_lesson_that_is_not_there_yet_waits(notes):
    folder = notes / "storage"
    (folder / "course.toml").write_text(COURSE.replace('"keys"]', '"keys", "more"]'))
    (folder / "notes.md").write_text(f"{NOTES}\n# More\n\nIt is more.\n")
    write(notes, "objects", question("three", "more"))
    (plan,) = plan_quizzes(notes)
    assert not plan.is_safe


def test_the_way_back(notes):
    apply(notes)
    before = {row.pk: (row.table, row.archived_at) for row in QuizQuestion.objects.all()}
    write(notes, "buckets", question("one", "names", right="another"), question("new", "names"))
    kept = {}
    (plan,) = plan_quizzes(notes)
    plan.apply(lambda what, slug, rows: kept.update({"what": what, "slug": slug, "rows": rows}))
    assert (kept["what"], kept["slug"]) == ("quiz", "storage")
    way = WayBack("storage", kept["rows"])
    assert way.is_open
    way.write()
    assert not way.is_open
    assert {
        row.pk: (row.table, row.archived_at) for row in QuizQuestion.objects.exclude(slug="new")
    } == before
    assert QuizQuestion.objects.get(slug="new").archived_at is not None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (question("one", "nowhere"), "the course has no section 'nowhere'"),
        (question("one", "names") * 2, "questions/objects.toml: one is called so, too"),
        (question("One Two", "names"), "write it as 'one-two'"),
        ("[[questions]]\n", "is missing"),
        ("questions = 1\n", "is not a list of tables"),
    ],
)
def test_a_mistake_is_named_by_file_and_question(notes, text, error):
    write(notes, "buckets")
    write(notes, "objects", text)
    with pytest.raises((SpecError, SourceError)) as raised:
        plan_quizzes(notes)
    assert "questions/objects.toml" in str(raised.value)
    assert error in str(raised.value)


def doubts(notes: Path) -> list[str]:
    (plan,) = plan_quizzes(notes)
    assert isinstance(plan, QuizPlan)
    return list(doubts_about_quiz(plan.source))


def test_fair_ones_leave_no_doubt(notes):
    assert doubts(notes) == []


def test_the_last_one_is_a_case(notes):
    write(notes, "buckets", question("one", "names"), question("two", "names", level=1))
    assert doubts(notes) == [
        "questions/buckets.toml: two: the last question of a lesson is a case: level 2 or 3"
    ]


def test_each_stands_in_the_file_of_its_lesson(notes):
    write(notes, "buckets", question("one", "keys"))
    (doubt,) = doubts(notes)
    assert "stands in the lesson 'objects'" in doubt


def test_a_code_is_one_that_labs_have(notes):
    text = question("one", "names").replace('reason = "Too many."', 'reason = "No.", code = "odd"')
    write(notes, "buckets", text)
    (doubt,) = doubts(notes)
    assert "no lab has findings of the code 'odd'" in doubt
