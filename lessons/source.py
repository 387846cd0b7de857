"""A course's folder → frozen dataclasses. Reads files and nothing else;
every error names file and key.

notes.md          the author's words
course.toml       which headings make which lesson of which module
annotations.toml  notes from the portal beside a section (optional)
figures.toml      drawings of our own for sections (optional), files in figures/
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lessons.outline import Heading, OutlineError, outline, slugify
from lessons.toml_table import REQUIRED, SourceError, Table, read_toml

ABOUT = ("correction", "dated", "addition")


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something the portal says beside a section, never inside the author's words."""

    section: str
    about: str  # one of ABOUT
    quote: str  # the words it is about, "" when it is about none in particular
    text: str  # Markdown
    source: str  # an https address, or ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of our own."""

    section: str
    file: str  # in figures/
    alt: str  # what it shows, for those who do not see it
    caption: str
    replaces: int  # which picture of the section it stands for, from 1; 0: the section has none
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SectionSource:
    heading: Heading
    annotations: tuple[Annotation, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class LessonSource:
    slug: str
    title: str
    summary: str
    sections: tuple[SectionSource, ...]
    was: tuple[str, ...] = ()  # earlier slugs of the same lesson


@dataclass(frozen=True, slots=True)
class ModuleSource:
    slug: str
    title: str
    summary: str
    lessons: tuple[LessonSource, ...]


@dataclass(frozen=True, slots=True)
class CourseSource:
    slug: str
    title: str
    summary: str
    modules: tuple[ModuleSource, ...]
    content_hash: str  # of all its files

    @property
    def lessons(self) -> tuple[LessonSource, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)


def read_course(folder: Path) -> CourseSource:
    """Raises SourceError."""
    headings = {heading.slug: heading for heading in read_outline(folder)}
    table = read_toml(folder / "course.toml", file=f"{folder.name}/course.toml")
    extras = Extras(read_annotations(folder, headings), read_figures(folder, headings))
    table.number("schema", 1)
    course = CourseSource(
        slug=folder.name,
        title=table.text("title"),
        summary=table.text("summary", ""),
        modules=tuple(read_module(module, headings, extras) for module in table.tables("modules")),
        content_hash=hash_of_files(folder),
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
    annotations: list[Annotation]
    figures: list[Figure]

    def put_beside(self, heading: Heading) -> SectionSource:
        return SectionSource(
            heading,
            annotations=tuple(note for note in self.annotations if note.section == heading.slug),
            figures=tuple(figure for figure in self.figures if figure.section == heading.slug),
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
            extras.put_beside(known(slug, headings, table, "sections")) for slug in slugs
        ),
        was=table.texts("was"),
    )


def read_slug(table: Table) -> str:
    slug = table.text("slug")
    if slug != slugify(slug):
        raise table.error("slug", f"write it as {slugify(slug)!r}")
    return slug


def known(slug: str, headings: dict[str, Heading], table: Table, key: str) -> Heading:
    if slug not in headings:
        raise table.error(
            key, f"the notes have no heading {slug!r}; `manage.py check_notes` lists them"
        )
    return headings[slug]


def read_annotations(folder: Path, headings: dict[str, Heading]) -> list[Annotation]:
    table = optional_toml(folder, "annotations.toml")
    notes = [read_annotation(note, headings) for note in table.tables("notes")]
    table.finish()
    return notes


def read_annotation(table: Table, headings: dict[str, Heading]) -> Annotation:
    heading = known(table.text("section"), headings, table, "section")
    note = Annotation(
        section=heading.slug,
        about=table.text("about", choices=ABOUT),
        quote=table.text("quote", ""),
        text=table.text("text"),
        source=table.text("source", ""),
    )
    if note.quote not in heading.text and note.quote != heading.title:
        raise table.error("quote", f"the section does not say {note.quote!r} (any more)")
    if note.source and not note.source.startswith("https://"):
        raise table.error("source", "must be an https address")
    return note


def read_figures(folder: Path, headings: dict[str, Heading]) -> list[Figure]:
    table = optional_toml(folder, "figures.toml")
    figures = [read_figure(figure, headings, folder) for figure in table.tables("figures")]
    table.finish()
    return figures


def read_figure(table: Table, headings: dict[str, Heading], folder: Path) -> Figure:
    figure = Figure(
        section=known(table.text("section"), headings, table, "section").slug,
        file=table.text("file"),
        alt=table.text("alt"),
        caption=table.text("caption"),
        replaces=table.number("replaces", 0),
        width=table.number("width"),
        height=table.number("height"),
    )
    if figure.file != Path(figure.file).name or not (folder / "figures" / figure.file).is_file():
        raise table.error("file", f"{folder.name}/figures has no file {figure.file!r}")
    return figure


def optional_toml(folder: Path, name: str) -> Table:
    file = f"{folder.name}/{name}"
    return read_toml(folder / name, file=file) if (folder / name).exists() else Table({}, file=file)


def check_slugs(course: CourseSource, table: Table) -> None:
    for what, slugs in (
        ("modules", [module.slug for module in course.modules]),
        ("lessons", [lesson.slug for lesson in course.lessons]),
    ):
        for slug, times in Counter(slugs).items():
            if times > 1:
                raise table.error("", f"{times} {what} have the slug {slug!r}")


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
