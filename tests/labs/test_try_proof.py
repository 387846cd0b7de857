"""What lessons say of their experiments holds, and an author who errs is told where."""

from __future__ import annotations

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from labs.grading.errors import SpecError
from labs.try_proof import doubts_about, prove_tries, tries_in
from lessons.models import Lesson
from lessons.source import read_course
from lessons.sync import read_courses
from tests.lessons.folders import edited, write_course

AWS = read_course(Path("lessons/notes/aws"))
TRIES = list(tries_in(AWS))
BLOCK = """
[[tries]]
section = "policies"
slug = "a-block"
kind = "block"
title = "Is it inside?"
text = "Decide first."
fallback = "It is not."
answer = "10.0.1.130 does not lie in 10.0.1.64/26."
fields = { block = "10.0.1.64/26", address = "10.0.1.130" }
[[tries.ideas]]
text = "Make it larger."
set = { block = "10.0.1.0/24" }
answer = "10.0.1.130 lies in 10.0.1.0/24."
"""


def test_everything_that_the_course_says_is_so():
    assert list(doubts_about(AWS)) == []


def test_there_are_experiments_in_a_good_part_of_the_course():
    homes = [lesson for lesson in AWS.lessons if any(one.tries for one in lesson.sections)]
    assert len(TRIES) >= 12
    assert len(homes) >= 8
    assert len(Counter(one.kind for one in TRIES)) == 7


@pytest.mark.parametrize("one", TRIES, ids=lambda one: one.slug)
def test_each_has_something_to_change_and_most_changes_change_the_answer(one):
    assert one.ideas
    assert [idea.answer for idea in one.ideas].count(one.answer) <= 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            ("does not lie in", "lies in"),
            "small/tries.toml: tries[a-block].answer: the answer is "
            "'10.0.1.130 does not lie in 10.0.1.64/26.', not '10.0.1.130 lies in 10.0.1.64/26.'",
        ),
        (
            ("lies in 10.0.1.0/24", "lies in 10.0.1.0/25"),
            "small/tries.toml: tries[a-block].ideas[1].answer: the answer is "
            "'10.0.1.130 lies in 10.0.1.0/24.', not '10.0.1.130 lies in 10.0.1.0/25.'",
        ),
        (('"block"', '"blok"'), "kind 'blok' is none of acl, block, group"),
        (("address =", "adress ="), "needs block, and may have address"),
        (('block = "10.0.1.64/26"', f'block = "{"1" * 301}"'), "longer than 300 characters"),
    ],
)
def test_an_author_who_errs_is_told_where(tmp_path, change, words):
    write_course(tmp_path, tries=edited(BLOCK, change))
    with pytest.raises(SpecError) as error:
        prove_tries(read_courses(tmp_path))
    assert words in str(error.value)


def test_a_sync_writes_nothing_that_does_not_hold(tmp_path, settings, db):
    settings.NOTES_DIR = notes_dir = tmp_path / "notes"
    settings.CATALOG_DIR = tmp_path / "catalog"
    settings.CATALOG_DIR.mkdir()
    write_course(notes_dir, tries=edited(BLOCK, ("does not lie in", "lies in")))
    with pytest.raises(CommandError, match="the answer is"):
        call_command("sync_content", "--apply", stdout=StringIO())
    assert not Lesson.objects.filter(html__contains="a-block").exists()
    write_course(notes_dir, tries=BLOCK)
    call_command("sync_content", "--apply", stdout=StringIO())
    assert Lesson.objects.filter(html__contains="a-block").exists()


def test_the_command_lists_what_holds_and_fails_where_something_does_not(tmp_path, settings):
    settings.NOTES_DIR = tmp_path
    write_course(tmp_path, tries=BLOCK)
    call_command("check_tries", stdout=(said := StringIO()))
    assert said.getvalue() == "ok  a-block (block): 2 answers\n"
    write_course(tmp_path, tries=edited(BLOCK, ('"block"', '"blok"')))
    with pytest.raises(CommandError, match="'blok'"):
        call_command("check_tries", stdout=StringIO())
