"""A course's folder → frozen dataclasses. Reads files and nothing else;
every error names file and key.

notes.md          the author's words
course.toml       which headings make which lesson of which module
annotations.toml  notes from the portal beside a section, and background/*.md (optional)
figures.toml      drawings and tables of our own for sections (optional), files in figures/
tries.toml        what can be tried in a section (optional), files in tries/
glossary.toml     the words of the course and what they mean (optional)
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lessons.annotations import (
    Annotation,
    Background,
    Notes,
    known,
    optional_toml,
    read_annotations,
)
from lessons.figures import Figure, read_figure
from lessons.glossary import TermSource, read_glossary
from lessons.outline import Heading, OutlineError, outline, slugify
from lessons.toml_table import REQUIRED, SourceError, Table, read_toml
from lessons.tries import Try, read_tries

# Addresses below a course that are no lessons
TAKEN = {"glossary", "margin", "modules", "pictures"}


@dataclass(frozen=True, slots=True)
class SectionSource:
    heading: Heading
    annotations: tuple[Annotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    background: Background | None = None  # the heading is not the author's
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonSource:
    slug: str
    title: str
    summary: str
    sections: tuple[SectionSource, ...]
    was: tuple[str, ...] = ()  # earlier slugs of the same lesson
    outcomes: tuple[str, ...] = ()  # what one can do afterwards: “Choose a Region by …”
    recap: tuple[str, ...] = ()  # what to keep of it


@dataclass(frozen=True, slots=True)
class ModuleSource:
    slug: str
    title: str
    summary: str
    lessons: tuple[LessonSource, ...]


@dataclass(frozen=True, slots=True)
class TranslatedLesson:
    source: LessonSource
    is_behind: bool  # the original says something else by now


@dataclass(frozen=True, slots=True)
class TranslatedCourse:
    """As far as it is translated (`translations.py`): by slugs, a module's title and summary."""

    language: str
    title: str
    summary: str
    modules: Mapping[str, tuple[str, str]]
    lessons: Mapping[str, TranslatedLesson]
    left_out: tuple[str, ...] = ()  # behind their originals so far that they no longer fit


@dataclass(frozen=True, slots=True)
class CourseSource:
    slug: str
    title: str
    summary: str
    modules: tuple[ModuleSource, ...]
    content_hash: str  # of all its files
    glossary: tuple[TermSource, ...] = ()
    translations: tuple[TranslatedCourse, ...] = ()

    @property
    def lessons(self) -> tuple[LessonSource, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def read_course(folder: Path) -> CourseSource:
    """Raises SourceError."""
    headings = {heading.slug: heading for heading in read_outline(folder)}
    table = read_toml(folder / "course.toml", file=f"{folder.name}/course.toml")
    extras = read_extras(folder, headings)
    table.number("schema", 1)
    course = CourseSource(
        slug=folder.name,
        title=table.text("title"),
        summary=table.text("summary", ""),
        modules=tuple(read_module(module, headings, extras) for module in table.tables("modules")),
        content_hash=hash_of_files(folder),
        glossary=read_glossary(folder, {*headings, *extras.background_slugs}),
    )
    table.finish()
    check_slugs(course, table)
    check_partition(course, headings.values(), table)
    return course


def read_outline(folder: Path) -> list[Heading]:
    file = f"{folder.name}/notes.md"
    try:
        return outline((folder / "notes.md").read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        raise SourceError(f"{file}: is missing; `manage.py import_notes` writes it") from error
    except (OutlineError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: {error}") from error


@dataclass(frozen=True, slots=True)
class Extras:
    notes: Notes
    figures: list[Figure]
    tries: tuple[Try, ...]

    def tries_in(self, slug: str) -> tuple[Try, ...]:
        return tuple(one for one in self.tries if one.section == slug)

    @property
    def background_slugs(self) -> list[str]:
        return [one.slug for one in self.notes.backgrounds]

    def put_beside(self, heading: Heading) -> SectionSource:
        return SectionSource(
            heading,
            annotations=tuple(one for one in self.notes.annotations if one.section == heading.slug),
            figures=tuple(figure for figure in self.figures if figure.section == heading.slug),
            tries=self.tries_in(heading.slug),
        )

    def sections_of(self, headings: Sequence[Heading]) -> Iterator[SectionSource]:
        """Each with what stands beside it, and the background that stands after it."""
        for heading, following in zip(headings, [*headings[1:], None], strict=True):
            yield self.put_beside(heading)
            # Never above what comes next: the author's words stand below their own headings.
            level = max(heading.level, following.level if following else 0)
            for one in self.notes.backgrounds:
                if one.after == heading.slug:
                    own = heading_of(one, heading, level)
                    yield SectionSource(own, background=one, tries=self.tries_in(one.slug))


def read_extras(folder: Path, headings: dict[str, Heading]) -> Extras:
    notes = read_annotations(folder, headings)
    sections = {*headings, *(one.slug for one in notes.backgrounds)}
    return Extras(notes, read_figures(folder, headings), read_tries(folder, sections))


def heading_of(background: Background, after: Heading, level: int) -> Heading:
    """It has no line of its own in the notes: it stands where the section before it does."""
    return Heading(
        slug=background.slug,
        title=background.title,
        emoji="",
        level=level,
        line=after.line,
        text=background.text,
        parent=after.parent,
        pinned=True,
    )


def read_module(table: Table, headings: dict[str, Heading], extras: Extras) -> ModuleSource:
    return ModuleSource(
        slug=read_slug(table),
        title=table.text("title"),
        summary=table.text("summary", ""),
        lessons=tuple(read_lesson(lesson, headings, extras) for lesson in table.tables("lessons")),
    )


def read_lesson(table: Table, headings: dict[str, Heading], extras: Extras) -> LessonSource:
    slugs = table.texts("sections", REQUIRED)
    if not slugs:
        raise table.error("sections", "a lesson needs at least one section")
    return LessonSource(
        slug=read_slug(table),
        title=table.text("title"),
        summary=table.text("summary", ""),
        sections=tuple(
            extras.sections_of([known(slug, headings, table, "sections") for slug in slugs])
        ),
        was=table.texts("was"),
        outcomes=read_lines(table, "outcomes", most=3),
        recap=read_lines(table, "recap", most=5),
    )


def read_lines(table: Table, key: str, *, most: int) -> tuple[str, ...]:
    lines = table.texts(key)
    if len(lines) > most:
        raise table.error(key, f"has {len(lines)} lines; {most} are the most")
    if not all(line.strip() for line in lines):
        raise table.error(key, "has an empty line")
    return lines


def read_slug(table: Table) -> str:
    slug = table.text("slug")
    if slug != slugify(slug):
        raise table.error("slug", f"write it as {slugify(slug)!r}")
    return slug


def read_figures(folder: Path, headings: dict[str, Heading]) -> list[Figure]:
    table = optional_toml(folder, "figures.toml")
    figures = [
        read_figure(
            figure,
            known(figure.text("section"), headings, figure, "section"),
            folder=folder / "figures",
        )
        for figure in table.tables("figures")
    ]
    table.finish()
    return figures


def check_slugs(course: CourseSource, table: Table) -> None:
    for what, slugs in (
        ("modules", [module.slug for module in course.modules]),
        ("lessons", [lesson.slug for lesson in course.lessons]),
    ):
        for slug, times in Counter(slugs).items():
            if times > 1:
                raise table.error("", f"{times} {what} have the slug {slug!r}")
    for lesson in course.lessons:
        if lesson.slug in TAKEN:
            raise table.error("", f"no lesson can have the slug {lesson.slug!r}: a page has it")


def check_partition(course: CourseSource, headings: Iterable[Heading], table: Table) -> None:
    """Every heading of the notes is in exactly one lesson."""
    problems = list(partition_problems(course, headings))
    if problems:
        raise table.error(
            "", "every heading belongs to exactly one lesson:\n  " + "\n  ".join(problems)
        )


def partition_problems(course: CourseSource, headings: Iterable[Heading]) -> Iterator[str]:
    homes: dict[str, list[str]] = {}
    for lesson in course.lessons:
        for section in lesson.sections:
            homes.setdefault(section.heading.slug, []).append(lesson.slug)
    for heading in headings:
        lessons = homes.get(heading.slug, [])
        if not lessons:
            yield (
                f"notes.md line {heading.line}: “{heading.title}” ({heading.slug}) is in no lesson"
            )
        elif len(lessons) > 1:
            where = " and ".join(lessons)
            yield f"notes.md line {heading.line}: “{heading.title}” ({heading.slug}) is in {where}"


def hash_of_files(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
