"""A course in another language, as far as somebody translated it: files beside the original.

course.de.toml  titles of course and modules; each lesson that is translated, with its outcomes,
                recap, notes and figures
notes.de.md     the sections of these lessons; each heading says which one it is: `{#slug}`

What belongs to the course and not to a language stands in the original alone: which sections make a
lesson, what a note is about, sources and dates, drawings. A lesson is translated whole or not at
all: half a page in each language helps nobody. `of` says which words were translated, so that a
translation that is behind its original is known and said. Where the original has another section by
now, the lesson is English until somebody follows: no author is stopped by a translation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lessons.annotations import Annotation
from lessons.figures import Figure, Frame
from lessons.outline import Heading, OutlineError, outline
from lessons.phrases import ORIGINAL, PHRASES
from lessons.source import (
    CourseSource,
    LessonSource,
    SectionSource,
    TranslatedCourse,
    TranslatedLesson,
    read_course,
    read_lines,
)
from lessons.svg import with_words
from lessons.toml_table import SourceError, Table, read_toml


def read_with_translations(folder: Path) -> CourseSource:
    """The course and what there is of it in other languages. Raises SourceError."""
    course = read_course(folder)
    translations = tuple(
        read_translation(folder, course, language)
        for language in PHRASES
        if language != ORIGINAL and (folder / f"course.{language}.toml").exists()
    )
    return replace(course, translations=translations)


def read_translation(folder: Path, course: CourseSource, language: str) -> TranslatedCourse:
    file = f"{folder.name}/course.{language}.toml"
    table = read_toml(folder / f"course.{language}.toml", file=file)
    headings = read_headings(folder, language)
    table.number("schema", 1)
    modules: dict[str, tuple[str, str]] = {}
    lessons: dict[str, TranslatedLesson | None] = {}
    for module in table.tables("modules"):
        slug = module.text("slug")
        modules[slug] = module.text("title"), module.text("summary", "")
        lessons |= lessons_of(module, slug, course, headings)
    translated = TranslatedCourse(
        language=language,
        title=table.text("title"),
        summary=table.text("summary", ""),
        modules=modules,
        lessons={slug: one for slug, one in lessons.items() if one},
        left_out=tuple(slug for slug, one in lessons.items() if one is None),
    )
    table.finish()
    check_leftovers(translated, headings, table)
    return translated


def read_headings(folder: Path, language: str) -> dict[str, Heading]:
    path = folder / f"notes.{language}.md"
    try:
        found = outline(path.read_bytes().decode("utf-8"))
    except (OutlineError, UnicodeDecodeError, FileNotFoundError) as error:
        raise SourceError(f"{folder.name}/{path.name}: {error}") from error
    return {heading.slug: heading for heading in found}


def lessons_of(
    module: Table, slug: str, course: CourseSource, headings: Mapping[str, Heading]
) -> Iterator[tuple[str, TranslatedLesson | None]]:
    known = [one for one in course.modules if one.slug == slug]
    if not known:
        raise module.error("slug", f"the course has no module {slug!r}")
    originals = {lesson.slug: lesson for lesson in known[0].lessons}
    for table in module.tables("lessons"):
        if (name := table.text("slug")) not in originals:
            raise table.error("slug", f"module {slug!r} has no lesson {name!r}")
        yield name, read_if_it_fits(table, originals[name], headings)


def read_if_it_fits(
    table: Table, original: LessonSource, headings: Mapping[str, Heading]
) -> TranslatedLesson | None:
    """None where it does not, because the original went on."""
    try:
        return read_lesson(table, original, headings)
    except SourceError:
        if table.text("of") == words_of(original):
            raise
        table.asked |= set(table.values)
        return None


def read_lesson(
    table: Table, original: LessonSource, headings: Mapping[str, Heading]
) -> TranslatedLesson:
    check_number(table, "notes", sum(len(one.annotations) for one in original.sections))
    check_number(table, "figures", sum(len(one.figures) for one in original.sections))
    texts = Texts(table.tables("notes"), table.tables("figures"), headings)
    lesson = LessonSource(
        slug=original.slug,
        title=table.text("title"),
        summary=table.text("summary", ""),
        sections=tuple(texts.section(one, table) for one in original.sections),
        outcomes=read_lines(table, "outcomes", most=3),
        recap=read_lines(table, "recap", most=5),
    )
    for rest in (texts.notes, texts.figures):
        next(rest, None)  # so that the last one, too, is looked through for unknown keys
    for key in ("outcomes", "recap"):
        if len(getattr(lesson, key)) != len(getattr(original, key)):
            raise table.error(key, "has another number of lines than the original")
    is_behind = table.text("of") != words_of(original)
    return TranslatedLesson(lesson, is_behind)


def check_number(table: Table, key: str, wanted: int) -> None:
    found = len(table.get(key, list, "a list of tables", []))
    if found != wanted:
        raise table.error(key, f"there are {found}; the original has {wanted}, in its order")


class Texts:
    """Of one lesson, in the order of its sections."""

    def __init__(
        self, notes: Iterator[Table], figures: Iterator[Table], headings: Mapping[str, Heading]
    ) -> None:
        self.notes, self.figures, self.headings = notes, figures, headings

    def section(self, original: SectionSource, table: Table) -> SectionSource:
        slug = original.heading.slug
        found = self.headings.get(slug)
        if found is None:
            raise table.error("slug", f"the translated notes have no heading {{#{slug}}}")
        heading = replace(original.heading, title=found.title, text=found.text)
        background = original.background and replace(
            original.background, title=found.title, text=found.text
        )
        return replace(
            original,
            heading=heading,
            annotations=tuple(self.note(one, found) for one in original.annotations),
            figures=tuple(self.figure(one) for one in original.figures),
            background=background,
        )

    def note(self, original: Annotation, heading: Heading) -> Annotation:
        table = next(self.notes)
        quote = table.text("quote") if original.quote else ""
        if quote not in heading.text and quote != heading.title:
            raise table.error("quote", f"the section does not say {quote!r}")
        return replace(original, quote=quote, text=table.text("text"))

    def figure(self, original: Figure) -> Figure:
        table = next(self.figures)
        words = table.get("words", dict, "a table", {})
        check_number(table, "frames", len(original.frames))
        frames = zip(table.tables("frames"), original.frames, strict=True)
        return replace(
            original,
            caption=table.text("caption"),
            text=table.text("text") if original.text else "",
            frames=tuple(frame_of(one, frame, words) for one, frame in frames),
        )


def frame_of(table: Table, original: Frame, words: Mapping[str, str]) -> Frame:
    return Frame(
        drawing=with_words(original.drawing, words),
        alt=table.text("alt"),
        caption=table.text("caption") if original.caption else "",
    )


def check_leftovers(
    translated: TranslatedCourse, headings: Mapping[str, Heading], table: Table
) -> None:
    """A heading that no translated lesson needs is a slip of its slug."""
    if translated.left_out:
        return
    used = {
        section.heading.slug
        for one in translated.lessons.values()
        for section in one.source.sections
    }
    if left := sorted(headings.keys() - used):
        raise table.error("", f"no translated lesson has the heading {{#{left[0]}}}")


def words_of(lesson: LessonSource) -> str:
    """A short name for all the words of a lesson that are to be translated."""
    words = [lesson.title, lesson.summary, *lesson.outcomes, *lesson.recap]
    for one in lesson.sections:
        words += [one.heading.title, one.heading.text]
        words += [text for note in one.annotations for text in (note.quote, note.text)]
        for figure in one.figures:
            words += [figure.caption, figure.text]
            words += [text for frame in figure.frames for text in (frame.alt, frame.caption)]
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:12]
