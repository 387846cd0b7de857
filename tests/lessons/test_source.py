"""A course's folder, read strictly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lessons.source import read_course
from lessons.toml_table import SourceError
from tests.lessons.folders import COURSE, NOTES, edited, write_course

NOTE = (
    '[[notes]]\nsection = "buckets"\nabout = "dated"\nquote = "known to the whole world"\ntext '
    '= "No longer."\n'
)


def test_a_course_is_modules_lessons_and_sections(tmp_path):
    course = read_course(write_course(tmp_path))
    assert (course.slug, course.title, course.summary) == ("small", "Small", "A small course.")
    assert [
        (module.slug, lesson.slug, [section.heading.slug for section in lesson.sections])
        for module in course.modules
        for lesson in module.lessons
    ] == [
        ("storing", "buckets", ["storage", "buckets", "policies"]),
        ("connecting", "rules", ["network", "inbound-rules", "outbound-rules"]),
    ]


def test_notes_stand_beside_their_section(tmp_path):
    folder = write_course(tmp_path, annotations=NOTE)
    sections = {
        section.heading.slug: section
        for lesson in read_course(folder).lessons
        for section in lesson.sections
    }
    assert [note.text for note in sections["buckets"].annotations] == ["No longer."]
    assert [section for section in sections.values() if section.annotations] == [
        sections["buckets"]
    ]


def test_any_change_of_any_file_changes_the_hash(tmp_path):
    first = read_course(write_course(tmp_path)).content_hash
    assert read_course(write_course(tmp_path)).content_hash == first
    assert read_course(write_course(tmp_path, annotations=NOTE)).content_hash != first


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ('title = "Small"', 'title = "Small"\ncolour = "red"'),
            "small/course.toml: colour: unknown key",
        ),
        (
            ('title = "Rules"', 'title = "Rules"\nlevel = 2'),
            "modules[connecting].lessons[rules].level: unknown key",
        ),
        (('title = "Small"\n', ""), "small/course.toml: title: is missing"),
        (('title = "Small"', "title = 3"), "title: is not text"),
        (('title = "Small"', 'title = " "'), "title: is empty"),
        (
            ('slug = "rules"', 'slug = "The Rules"'),
            "modules[connecting].lessons[The Rules].slug: write it as 'the-rules'",
        ),
        (('slug = "rules"', 'slug = "buckets"'), "2 lessons have the slug 'buckets'"),
        (('slug = "connecting"', 'slug = "storing"'), "2 modules have the slug 'storing'"),
        (('"policies"]', '"polices"]'), "the notes have no heading 'polices'"),
        (
            ('sections = ["network"', 'sections = [7, "network"'),
            "sections: is not a list of texts",
        ),
        (
            ('["network", "inbound-rules", "outbound-rules"]', "[]"),
            "a lesson needs at least one section",
        ),
        (("schema = 1", "schema = true"), "schema: is not a whole number"),
        (("schema = 1", "schema ="), "small/course.toml: Invalid value"),
    ],
)
def test_a_mistake_in_course_toml_names_file_and_key(change, message, tmp_path):
    with pytest.raises(SourceError, match=re.escape(message)):
        read_course(write_course(tmp_path, course=edited(COURSE, change)))


def test_headings_in_no_lesson_or_in_two_are_named_with_their_lines(tmp_path):
    course = edited(
        COURSE, ('"buckets", "policies"]', '"buckets"]'), ('["network",', '["network", "buckets",')
    )
    with pytest.raises(SourceError) as caught:
        read_course(write_course(tmp_path, course=course))
    assert str(caught.value).splitlines() == [
        "small/course.toml: every heading belongs to exactly one lesson:",
        "  notes.md line 2: “Buckets” (buckets) is in buckets and rules",
        "  notes.md line 4: “Policies” (policies) is in no lesson",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"buckets"', '"bucket"'), "the notes have no heading 'bucket'"),
        (
            ('"dated"', '"wrong"'),
            "notes[buckets].about: is “wrong”, not one of correction, dated, addition",
        ),
        (
            ("whole world", "whole moon"),
            "the section does not say 'known to the whole moon' (any more)",
        ),
        (("text =", 'source = "http://a.example"\ntext ='), "source: must be an https address"),
        (("text =", 'by = "me"\ntext ='), "annotations.toml: notes[buckets].by: unknown key"),
    ],
)
def test_a_mistake_in_annotations_toml_names_file_and_key(change, message, tmp_path):
    with pytest.raises(SourceError, match=re.escape(message)):
        read_course(write_course(tmp_path, annotations=edited(NOTE, change)))


def test_missing_and_unreadable_files_are_named(tmp_path):
    folder = write_course(tmp_path)
    (folder / "notes.md").write_bytes(b"# \xff")
    with pytest.raises(SourceError, match=r"small/notes\.md: 'utf-8' codec"):
        read_course(folder)
    (folder / "notes.md").unlink()
    with pytest.raises(
        SourceError, match=r"small/notes.md: is missing; `manage.py import_notes` writes it"
    ):
        read_course(folder)


def test_the_command_counts_what_is_right_and_names_what_is_wrong(tmp_path, settings, capsys):
    settings.NOTES_DIR = tmp_path
    write_course(tmp_path)
    call_command("check_notes", "--headings")
    assert capsys.readouterr().out.splitlines() == [
        "    1  #      storage",
        "    2  ##     buckets",
        "    4  ##     policies",
        "    6  #      network",
        "    7  ##     inbound-rules",
        "    9  ##     outbound-rules",
        "small: 2 modules, 2 lessons, 6 headings, each in exactly one lesson.",
    ]
    write_course(tmp_path, notes=NOTES + "## More\n")
    with pytest.raises(CommandError, match=r"line 11: “More” \(more\) is in no lesson"):
        call_command("check_notes")


def test_the_aws_course_reads_well():
    course = read_course(Path("lessons/notes/aws"))
    assert (len(course.modules), len(course.lessons)) == (8, 43)
    sections = [section for lesson in course.lessons for section in lesson.sections]
    assert sum(section.background is None for section in sections) == 131
    assert [lesson.slug for lesson in course.lessons if not lesson.summary] == []
    assert (
        sum(len(section.annotations) for lesson in course.lessons for section in lesson.sections)
        >= 20
    )
