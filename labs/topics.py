"""What each topic of a course has: lessons, figures, things to try, questions, and labs by level.
Pure: reads the course's folder and the catalog.

A topic is what an author would call one, narrower or wider than a lesson: `topics.toml` in the
course's folder names whole lessons or sections of one. Every section belongs to exactly one topic,
and so does every lab: to that of its home, or to the one that names it (a lab about MFA may need
what a later lesson teaches, and is at home there).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from labs.quiz.source import QuizSource
from labs.source import LabSource
from lessons.source import CourseSource, LessonSource, SectionSource
from lessons.toml_table import Table, read_toml

FILE = "topics.toml"
LEVELS = {1: "Recall", 2: "Apply", 3: "Design"}  # by a lab's difficulty
HEAD = ("Topic", "Lessons", "Figures", "To try", "Questions", *LEVELS.values())


@dataclass(frozen=True, slots=True)
class Named:
    """A topic as it is written down."""

    title: str
    sections: tuple[str, ...]
    labs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    title: str
    lessons: tuple[str, ...]
    sections: tuple[SectionSource, ...]
    questions: int
    labs: tuple[LabSource, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing in it is graded by what it does."""
        return not self.labs

    @property
    def row(self) -> tuple[str, ...]:
        figures = sum(len(section.figures) for section in self.sections)
        tries = sum(len(section.tries) for section in self.sections)
        labs = (", ".join(self.labs_of(level)) for level in LEVELS)
        lessons = ", ".join(self.lessons)
        return (self.title, lessons, *map(str, (figures, tries, self.questions)), *labs)

    def labs_of(self, level: int) -> list[str]:
        return [lab.slug for lab in self.labs if lab.difficulty == level]


def read_topics(
    folder: Path, course: CourseSource, quiz: QuizSource, labs: Sequence[LabSource]
) -> list[Topic]:
    """In the file's order. Raises SourceError, which names the file and what is wrong in it."""
    table = read_toml(folder / FILE, file=f"{folder.name}/{FILE}")
    named = [read_topic(one, course) for one in table.tables("topics")]
    table.finish()
    check_once("section", places_in(course), joined(one.sections for one in named), table)
    check_known("lab", {lab.slug for lab in labs}, joined(one.labs for one in named), table)
    questions = Counter(question.section for question in quiz.questions)
    return [filled(one, course, questions, of_topics(labs, named)) for one in named]


Place = tuple[LessonSource, SectionSource]


def places_in(course: CourseSource) -> dict[str, Place]:
    return {one.heading.slug: (each, one) for each in course.lessons for one in each.sections}


def joined(some: Iterable[Sequence[str]]) -> list[str]:
    return [slug for slugs in some for slug in slugs]


def filled(
    one: Named, course: CourseSource, questions: Counter[str], labs: Mapping[Named, list[LabSource]]
) -> Topic:
    places = places_in(course)
    found = [places[slug] for slug in one.sections]
    return Topic(
        one.title,
        tuple(dict.fromkeys(lesson.slug for lesson, _section in found)),
        tuple(section for _lesson, section in found),
        sum(questions[slug] for slug in one.sections),
        tuple(labs.get(one, ())),
    )


def read_topic(table: Table, course: CourseSource) -> Named:
    lessons = {one.slug: [part.heading.slug for part in one.sections] for one in course.lessons}
    title, whole = table.text("title"), table.texts("lessons")
    check_known("lesson", lessons, whole, table)
    sections = [slug for lesson in whole for slug in lessons[lesson]]
    return Named(title, (*sections, *table.texts("sections")), table.texts("labs"))


def of_topics(labs: Sequence[LabSource], named: Sequence[Named]) -> dict[Named, list[LabSource]]:
    found: dict[Named, list[LabSource]] = {}
    for lab in labs:
        if topic := topic_of(lab, named):
            found.setdefault(topic, []).append(lab)
    return found


def topic_of(lab: LabSource, named: Sequence[Named]) -> Named | None:
    own = (one for one in named if lab.slug in one.labs)
    home = (one for one in named if lab.sections[:1] and lab.sections[0] in one.sections)
    return next(own, None) or next(home, None)


def check_known(
    what: str, known: Mapping[str, object] | set[str], found: Sequence[str], table: Table
) -> None:
    for slug in found:
        if slug not in known:
            raise table.error(f"{what}s", f"there is no {what} “{slug}”")


def check_once(what: str, known: Mapping[str, object], found: Sequence[str], table: Table) -> None:
    check_known(what, known, found, table)
    taken = Counter(found)
    for slug in known:
        if taken[slug] != 1:
            raise table.error(f"{what}s", f"“{slug}” is in {taken[slug]} topics, not in one")


def table_of(topics: Sequence[Topic]) -> Iterator[str]:
    """Lines of Markdown."""
    yield from map(line, (HEAD, ["---"] * len(HEAD), *(topic.row for topic in topics)))


def line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
