"""What the portal says beside the author's words of the AWS course: short, and with its source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from lessons.annotations import Annotation
from lessons.lesson_page import render_lesson
from lessons.source import LessonSource, read_course

COURSE = read_course(Path("lessons/notes/aws"))
SECTIONS = [section for lesson in COURSE.lessons for section in lesson.sections]
NOTES = [note for section in SECTIONS for note in section.annotations]
# Whoever corrects the author asks for some trust: these are what a reader can look up.
DOCUMENTS = re.compile(
    r"https://(docs\.)?(aws\.amazon|builder\.aws|docs\.docker)\.com/|https://docs\.aws\.amazon\.com/"
    r"|https://www\.(rfc-editor|iana|srgresearch)\.\w+/|https://csrc\.nist\.gov/|https://cabforum\.org/"
    r"|https://security\.googleblog\.com/|https://kubernetes\.io/docs/"
)
NAMES = [f"{note.section}: {note.quote[:30]}" for note in NOTES]


@pytest.mark.parametrize("note", NOTES, ids=NAMES)
def test_a_note_has_a_source_that_can_be_looked_up_and_its_day(note: Annotation) -> None:
    assert note.source is not None
    assert DOCUMENTS.match(note.source.url), note.source.url
    assert note.source.title
    assert date(2026, 1, 1) < note.source.day


@pytest.mark.parametrize("note", NOTES, ids=NAMES)
def test_a_note_says_what_is_right_in_three_sentences_at_most(note: Annotation) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "code", note.text, flags=re.S)
    assert len(re.findall(r"[.?!](?=\s|$)", prose)) <= 3
    assert note.quote


def test_no_two_notes_are_about_the_same_words() -> None:
    assert len({(note.section, note.quote) for note in NOTES}) == len(NOTES)


@pytest.mark.parametrize("section", [one for one in SECTIONS if one.background])
def test_a_background_has_a_source_and_is_long_enough_to_teach(section) -> None:
    assert section.background.source is not None
    assert DOCUMENTS.match(section.background.source.url)
    assert 180 <= len(section.background.text.split()) <= 560


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.slug)
def test_a_lesson_says_what_it_is_for_and_what_to_keep_and_is_read_in_one_go(
    lesson: LessonSource,
) -> None:
    assert 1 <= len(lesson.outcomes) <= 3
    assert 1 <= len(lesson.recap) <= 5
    assert round(render_lesson(lesson).words / 200) <= 8
