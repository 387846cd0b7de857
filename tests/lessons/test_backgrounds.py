"""Sections of the course's own: told apart from the author's, and planned like them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from lessons.lesson_page import Page, render_lesson
from lessons.models import Course, Section
from lessons.search import find
from lessons.source import LessonSource, read_course
from lessons.sync import plan_courses
from lessons.toml_table import SourceError
from portal.cohorts.models import Cohort
from tests.lessons.folders import COURSE, apply, edited, write_course
from tests.rows import index, make_user

BACKGROUND = """
[[notes]]
section = "buckets"
about = "background"
slug = "names-of-buckets"
title = "Names of buckets"
source = "https://docs.example/names"
document = "The rules of names"
checked = 2026-11-26
"""
TEXT = "Three to sixty-three characters.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
OUTCOMES = 'title = "Rules"\noutcomes = ["Tell `in` from out"]\nrecap = ["One.", "Two."]'


def folder_with(
    notes_dir: Path, text: str = TEXT, background: str = BACKGROUND, course: str = COURSE
) -> Path:
    folder = write_course(notes_dir, annotations=background, course=course)
    (folder / "background").mkdir(exist_ok=True)
    (folder / "background" / "names-of-buckets.md").write_text(text, encoding="utf-8")
    return folder


def first_lesson(folder: Path) -> LessonSource:
    return read_course(folder).lessons[0]


def page_of(folder: Path, number: int = 0) -> Page:
    return render_lesson(read_course(folder).lessons[number])


def test_a_background_stands_after_its_section_and_is_one_itself(tmp_path):
    lesson = first_lesson(folder_with(tmp_path))
    assert [(one.heading.slug, one.heading.level) for one in lesson.sections] == [
        ("storage", 1), ("buckets", 2), ("names-of-buckets", 2), ("policies", 2),
    ]  # fmt: skip


def test_the_authors_sections_never_stand_below_a_background(tmp_path):
    after_the_title = edited(BACKGROUND, ('"buckets"', '"storage"'))
    lesson = first_lesson(folder_with(tmp_path, background=after_the_title))
    levels = [(one.heading.slug, one.heading.level) for one in lesson.sections]
    assert levels[1:3] == [("names-of-buckets", 2), ("buckets", 2)]


def test_the_page_says_whose_words_they_are_and_where_they_come_from(tmp_path):
    page = page_of(folder_with(tmp_path))
    [section] = re.findall(r'<section class="background".*?</section>', page.html, re.S)
    assert '<h3 id="names-of-buckets">' in section
    assert "Background from the course, not from the author’s notes" in section
    assert "The rules of names</a>, checked Nov 2026" in section
    assert "A policy says who may do what" not in section
    assert "names-of-buckets" in [entry.anchor for entry in page.contents]


def test_what_nobody_looked_up_has_the_day_on_which_it_was_so(tmp_path):
    as_of = edited(BACKGROUND, ("checked", "as_of"))
    assert "</a>, as of Nov 2026" in page_of(folder_with(tmp_path, background=as_of)).html


def test_two_tables_of_a_lesson_have_two_names(tmp_path):
    folder = folder_with(tmp_path)
    notes = (folder / "notes.md").read_text()
    (folder / "notes.md").write_text(
        edited(notes, ("A policy says", "\n| c |\n|---|\n| 3 |\n\nA policy says"))
    )
    names = re.findall(r'aria-label="Table (\d)"', page_of(folder).html)
    assert names == ["1", "2"]


def test_a_lesson_opens_with_what_one_can_do_and_closes_with_what_to_keep(tmp_path):
    course = edited(COURSE, ('title = "Rules"', OUTCOMES))
    page = page_of(folder_with(tmp_path, course=course), 1)
    assert page.html.startswith('<section class="outcomes" aria-label="After this lesson you can">')
    assert "<li>Tell <code>in</code> from out</li>" in page.html
    assert page.html.rindex('<section class="recap"') > page.html.rindex("What may go out")
    assert page.html.endswith("</ul></section>")


def test_the_reading_time_counts_everything_that_is_read(tmp_path):
    short = page_of(folder_with(tmp_path, text="Short.")).words
    assert page_of(folder_with(tmp_path, text="Short." + " word" * 400)).words == short + 400


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"names-of-buckets"', '"Names of"'), "slug: write it as 'names-of'"),
        (('"names-of-buckets"', '"policies"'), "slug: there is another section 'policies'"),
        (('"names-of-buckets"', '"other"'), "slug: background/other.md is missing"),
        (('title = "Names of buckets"', 'text = "x"'), "title: is missing"),
        (("document", "doc"), "document: a source has the title of its document"),
        (("checked = 2026-11-26", ""), "checked: a source has one date: checked, or as_of"),
        (("checked = 2026-11-26", 'checked = "2026"'), "checked: is not a date"),
        (('source = "https', 'source = "http'), "source: must be an https address"),
    ],
)
def test_a_mistake_names_the_key(change, message, tmp_path):
    with pytest.raises(SourceError, match=re.escape(message)):
        read_course(folder_with(tmp_path, background=edited(BACKGROUND, change)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names-of-buckets.md is empty"),
        ("a\n\n## b\n", "has a heading: a background is one section"),
    ],
)
def test_a_text_that_is_no_single_section_is_refused(text, message, tmp_path):
    with pytest.raises(SourceError, match=re.escape(message)):
        read_course(folder_with(tmp_path, text=text))


def test_a_file_that_nothing_names_is_found(tmp_path):
    folder = folder_with(tmp_path)
    (folder / "background" / "stray.md").write_text("Stray.")
    with pytest.raises(SourceError, match=re.escape("no note names background/stray.md")):
        read_course(folder)


@pytest.mark.parametrize(("key", "most"), [("outcomes", 3), ("recap", 5)])
def test_what_is_to_be_short_is_counted(key, most, tmp_path):
    lines = ", ".join(['"a"'] * (most + 1))
    course = edited(COURSE, ('title = "Rules"', f'title = "Rules"\n{key} = [{lines}]'))
    with pytest.raises(SourceError, match=rf"{key}: has {most + 1} lines; {most} are the most"):
        read_course(write_course(tmp_path, course=course))


def test_the_command_lists_backgrounds_with_their_slugs(tmp_path, settings, capsys):
    settings.NOTES_DIR = tmp_path
    folder_with(tmp_path)
    call_command("check_notes", "--headings")
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "    +  after buckets: names-of-buckets",
        "small: 2 modules, 2 lessons, 6 headings, each in exactly one lesson. "
        "1 sections of background.",
    ]


def test_a_background_is_a_row_with_an_address_and_its_words_are_found(db, tmp_path):
    folder_with(tmp_path)
    apply(tmp_path)
    row = Section.objects.get(slug="names-of-buckets")
    assert row.get_absolute_url() == "/learn/small/buckets/#names-of-buckets"
    reader = make_user("Rea Reader")
    Cohort.objects.create(name="S", slug="s", course=row.course).enrol(reader)
    index(row.course)
    assert [hit.url for hit in find("sixty", reader).hits] == [row.get_absolute_url()]


def test_a_background_stays_the_same_row_when_its_words_change_and_is_archived_when_it_leaves(
    db, tmp_path
):
    folder_with(tmp_path)
    apply(tmp_path)
    row = Section.objects.get(slug="names-of-buckets")
    folder_with(tmp_path, text="All other words.")
    [plan] = plan_courses(tmp_path)
    assert [line for line in plan.lines() if "Names of buckets" in line] == [
        "  ~ changed: “Names of buckets” in buckets (completed by 0 learners)"
    ]
    plan.apply()
    assert Section.objects.get(slug="names-of-buckets").pk == row.pk
    (tmp_path / "small" / "background" / "names-of-buckets.md").unlink()
    (tmp_path / "small" / "annotations.toml").unlink()
    apply(tmp_path)
    row.refresh_from_db()
    assert row.archived_at is not None


def test_other_outcomes_are_news_for_the_lesson(db, tmp_path):
    write_course(tmp_path)
    apply(tmp_path)
    before = Course.objects.get().lessons.get(slug="rules").updated_at
    write_course(tmp_path, course=edited(COURSE, ('title = "Rules"', OUTCOMES)))
    apply(tmp_path)
    lesson = Course.objects.get().lessons.get(slug="rules")
    assert lesson.updated_at > before
    assert "Tell <code>in</code> from out" in lesson.html
