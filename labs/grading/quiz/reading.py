"""A question as its author wrote it: a table of a lesson's file, or of a row.

    [[questions]]
    section = "…"     slug of the heading that teaches it
    slug = "…"        its identity: answers hang on it
    kind = "single"   single multiple sort order number text line (`KINDS`)
    level = 2         1 recall, 2 apply, 3 design, as labs have
    text = "…"        what is asked
    values, let       what differs each time (`values.py`)

and what its kind needs: see the modules of `KINDS`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from labs.grading.errors import SpecError
from labs.grading.quiz.arithmetic import Numbers
from labs.grading.quiz.choosing import read_multiple, read_single
from labs.grading.quiz.counting import read_counting
from labs.grading.quiz.judgement import Body
from labs.grading.quiz.marking import read_marking
from labs.grading.quiz.naming import read_naming
from labs.grading.quiz.ordering import read_ordering
from labs.grading.quiz.sorting import read_sorting
from labs.grading.quiz.values import Drawn, Values, filled, numbers, read_values
from labs.grading.toml_table import Table

KINDS: dict[str, Callable[[Table, Numbers], Body]] = {
    "single": lambda table, _numbers: read_single(table),
    "multiple": lambda table, _numbers: read_multiple(table),
    "sort": lambda table, _numbers: read_sorting(table),
    "order": lambda table, _numbers: read_ordering(table),
    "number": read_counting,
    "text": lambda table, _numbers: read_naming(table),
    "line": lambda table, _numbers: read_marking(table),
}
HEAD = ("section", "slug", "kind", "level", "text")
LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Question:
    """`table` is everything that was written, as JSON can hold it."""

    section: str
    slug: str
    kind: str
    level: int
    values: Values
    table: Mapping[str, Any]
    place: str  # in the file

    @property
    def is_case(self) -> bool:
        """Something is applied, not recalled."""
        return self.level > 1


def read_questions(text: str, file: str) -> tuple[Question, ...]:
    """A file's questions in order. SpecError names the file and the key."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{file}: {error}") from error
    table = Table(values, file=file, path="")
    return tuple(read_question(one, file) for one in written(table))


def written(table: Table) -> Iterator[Mapping[str, Any]]:
    rows = table.get("questions", list, "a list of tables", ())
    table.finish()
    for row in rows:
        if not isinstance(row, Mapping):
            raise table.error("questions", "is not a list of tables")
        yield row


def read_question(values: Mapping[str, Any], file: str) -> Question:
    slug = str(values.get("slug", "?"))
    table = Table(values, file=file, path=slug)
    question = Question(
        section=table.text("section"),
        slug=table.text("slug"),
        kind=table.text("kind", choices=tuple(KINDS)),
        level=table.number("level", least=LEVELS[0], most=LEVELS[-1]),
        values=read_values(table),
        table=values,
        place=f"{file}: {slug}",
    )
    table.text("text")
    body_of(question, next(question.values.combinations()))
    return question


def body_of(question: Question, drawn: Drawn) -> Body:
    """With what was drawn put in everywhere. SpecError where that makes no question."""
    table = Table(filled(question.table, drawn), file=question.place.partition(":")[0])
    table.path = question.slug
    for name in (*HEAD, "values", "let"):
        table.value(name, None)
    body = KINDS[question.kind](table, numbers(drawn))
    table.finish()
    return body


def text_of(question: Question, drawn: Drawn) -> str:
    return str(filled(question.table["text"], drawn))
