"""`check_labs` proves all that is asked: labs, questions, and the tasks that are drawn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from labs.grading.quiz.generators import pattern
from labs.quiz import proof
from labs.quiz.proof import doubts_about_practice, generators_of
from lessons.source import read_course
from tests.labs.folders import LabFolder
from tests.labs.grading.quiz.test_generators import Unfair
from tests.labs.quiz.folders import NOTES, question, write, write_storage

Run = Callable[..., str]


@pytest.fixture
def notes(tmp_path: Path, settings) -> Path:
    settings.NOTES_DIR, settings.CATALOG_DIR = tmp_path / "notes", tmp_path / "catalog"
    return write_storage(tmp_path / "notes")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> str:
        call_command(*arguments)
        return capsys.readouterr().out

    return call


def spoil(notes: Path, *changes: tuple[str, str]) -> None:
    text = question("one", "what-it-is") + question("two", "names")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    write(notes, "buckets", text)


def test_labs_questions_and_practice_are_proved_by_one_command(notes, run):
    assert run("check_labs").splitlines() == [
        "0 labs, all proved",
        "ok  buckets: 2 single",
        "--  objects: no questions",
        "storage: 2 questions, all proved",
        "storage: 0 kinds of practice, seeds 1 to 200 of each level, all proved",
    ]


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        ((', reason = "Too many."', ""), "one.options[3].reason: is missing"),
        (('reason = "Too many."', 'reason = ""'), "one.options[3].reason: is empty"),
        (('reason = "Too many."', 'reason = "No.", right = true'), "one: has 2 right options"),
        ((", right = true", ""), "one: has 0 right options"),
        (('"none"', '"all"'), "one: two options say the same"),
    ],
)
@pytest.mark.parametrize("command", ["check_labs", "check_questions"])
def test_a_question_without_a_reason_or_with_no_single_answer_fails(
    notes, run, command, change, doubt
):
    spoil(notes, change)
    with pytest.raises(CommandError) as error:
        run(command)
    assert error.value.returncode == 1
    assert f"questions/buckets.toml: {doubt}" in str(error.value)


def test_an_unfair_lab_hides_no_unfair_question(
    notes, run, tmp_path, settings, lab_folder: LabFolder
):
    lab_folder(starter_txt="allow <<verb>>")
    settings.CATALOG_DIR = tmp_path / "labs"
    (tmp_path / "labs").mkdir()
    (tmp_path / "say-it").rename(tmp_path / "labs" / "say-it")
    spoil(notes, (", right = true", ""))
    with pytest.raises(CommandError) as error:
        run("check_labs")
    labs, questions = str(error.value).splitlines()
    assert labs == "1 of 1 labs are not fair yet"
    assert "0 right options" in questions


def test_a_course_is_asked_what_it_teaches(notes):
    course = read_course(notes / "storage")
    assert generators_of(course) == []
    assert list(doubts_about_practice(course)) == []
    text = NOTES.replace("# Keys", f"# {pattern.SECTION.replace('-', ' ').capitalize()}")
    (notes / "storage" / "notes.md").write_text(text)
    toml = (notes / "storage" / "course.toml").read_text()
    (notes / "storage" / "course.toml").write_text(toml.replace("keys", pattern.SECTION))
    assert generators_of(read_course(notes / "storage")) == [pattern]


def test_practice_that_is_not_fair_by_some_seed_fails(notes, run, monkeypatch):
    unfair = Unfair(lambda table: table["options"][0].update(right=True), SECTION="keys")
    monkeypatch.setattr(proof, "EVERY", (unfair,))
    with pytest.raises(CommandError, match=r"seed \d+: unfair: has 2 right options"):
        run("check_labs")
    run("check_questions")


def test_lessons_can_be_proved_alone(notes, run):
    write(notes, "objects", question("three", "keys", level=1))
    with pytest.raises(CommandError, match="the last question of a lesson is a case"):
        run("check_questions")
    assert run("check_questions", "buckets").splitlines() == [
        "ok  buckets: 2 single",
        "storage: 2 questions, all proved",
    ]


def test_a_lab_that_is_named_is_proved_alone(notes, run, tmp_path, settings, lab_folder: LabFolder):
    lab_folder()
    settings.CATALOG_DIR = tmp_path
    spoil(notes, (", right = true", ""))
    assert run("check_labs", "say-it").splitlines()[-1] == "1 labs, all proved"
