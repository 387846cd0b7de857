"""Find the flaw: name the lines of a table, a report or a script that are wrong, and only those.

An answer is the numbers of the lines, in any order, between spaces, commas or line ends;
what follows a # is a note.

[spec] in lab.toml:
    [[spec.lines]]   text, flaw = "sg.ssh-open" (a code of this kind; left out = the line is right),
                     why, points (1)

Points: each flaw by itself, and as many again for marking nothing that is right. Report.extra:
`lines` (number, text, marked, and `flawed` and `why` of marked lines).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from labs.grading.errors import AnswerError, SpecError
from labs.grading.first_boot.exercise.codes import CODES as USER_DATA_CODES
from labs.grading.iam.exercise.codes import CODES as IAM_CODES
from labs.grading.iam.exercise.habit_codes import HABIT_CODES
from labs.grading.kind import Files
from labs.grading.mutants import Mutant
from labs.grading.mutants.lines import broken_numbers
from labs.grading.network.exercise.codes import SECURITY_GROUP_CODES
from labs.grading.network.exercise.path_codes import ACL_CODES, ADDRESS_CODES, FLAW_CODES
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.toml_table import Table

NAME = "find-the-flaw"
TITLE = say("Find the flaw")
LANGUAGE = "text"
VERSION = "2"
MAX_BYTES = 4_000
IS_BOUNDED: Literal[True] = True
TEXTS = {"lines": ("why",)}
CODES = {
    **FLAW_CODES,
    **SECURITY_GROUP_CODES,
    **ACL_CODES,
    **ADDRESS_CODES,
    **USER_DATA_CODES,
    **HABIT_CODES,
    "iam.direct-policy": IAM_CODES["iam.direct-policy"],
}


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str
    flaw: str
    why: str
    points: int


@dataclass(frozen=True, slots=True)
class Spec:
    lines: tuple[Line, ...]

    @property
    def flaw_points(self) -> int:
        return sum(line.points for line in self.lines if line.flaw)


@dataclass(frozen=True, slots=True)
class Mark:
    number: int
    line: int
    column: int


def read_spec(table: Mapping[str, object], files: Files) -> Spec:
    spec = Table(table)
    read = Spec(
        tuple(read_line(line, number) for number, line in enumerate(spec.tables("lines"), start=1))
    )
    spec.finish()
    if not read.flaw_points:
        raise SpecError("lab.toml: spec.lines: no line has a flaw")
    return read


def read_line(table: Table, number: int) -> Line:
    line = Line(
        number=number,
        text=table.text("text"),
        flaw=table.text("flaw", ""),
        why=table.text("why", ""),
        points=table.number("points", 1, least=1, most=1000),
    )
    if line.flaw and line.flaw not in CODES:
        raise table.error("flaw", f"“{line.flaw}” is no code of this kind")
    return line


AROUND = "-*.)[]"  # what may stand around a number: "- 4", "4.", "[4, 5]"


def parse(text: str) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    for number, raw in enumerate(text.split("\n"), start=1):
        at = 0
        for word in raw.partition("#")[0].replace(",", " ").split():
            at = raw.index(word, at)
            digits = word.strip(AROUND)
            if not digits:
                at += len(word)
                continue
            if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
                raise AnswerError(
                    say("“{word}” is not the number of a line.", word=word[:40]), number, at + 1
                )
            marks.setdefault(int(digits), Mark(int(digits), number, at + 1))
            at += len(word)
    return marks


def check(answer: Mapping[int, Mark], spec: Spec) -> Report:
    """One check for each line: those with a flaw have to be marked, the others left alone. Both
    together weigh the same."""
    flaws = [line for line in spec.lines if line.flaw]
    right = [line for line in spec.lines if not line.flaw]
    findings = [flaw_finding(line, answer, line.points * max(1, len(right))) for line in flaws]
    findings += [restraint_finding(line, answer, spec.flaw_points) for line in right]
    findings += [unknown_finding(mark, spec.flaw_points) for mark in unknown_marks(answer, spec)]
    return Report(
        tuple(findings), {"lines": [row(line, line.number in answer) for line in spec.lines]}
    )


def flaw_finding(line: Line, answer: Mapping[int, Mark], points: int) -> Finding:
    """A found flaw is told with its reason; of a missed one not even the line."""
    code = CODES[line.flaw]
    if line.number in answer:
        message = say("Line {number}: {title}.", number=line.number, title=code.title)
        why = line.why or code.explanation
        return Finding(line.flaw, True, points, message, section=code.section, why=why)
    message = say("One of the lines that you left unmarked is wrong.")
    cure = (
        say("Read the lines that you left unmarked once more: at least one of them is wrong.")
        if answer
        else say("Mark the lines that are wrong, by their numbers.")
    )
    return Finding(line.flaw, False, points, message, section=code.section, cure=cure)


def restraint_finding(line: Line, answer: Mapping[int, Mark], points: int) -> Finding:
    """Which of the unmarked lines are right stays a secret."""
    mark = answer.get(line.number)
    return Finding(
        "flaw.false-alarm",
        mark is None,
        points,
        say("Line {number} is right.", number=line.number),
        at=(mark.line, mark.column) if mark else None,
        hidden=mark is None,
        why=line.why if mark else "",
        cure=unmark(line.number),
    )


def unknown_finding(mark: Mark, points: int) -> Finding:
    message = say("There is no line {number}.", number=mark.number)
    place = (mark.line, mark.column)
    return Finding("flaw.false-alarm", False, points, message, at=place, cure=unmark(mark.number))


def unmark(number: int) -> str:
    return say("Unmark line {number}.", number=number)


def unknown_marks(answer: Mapping[int, Mark], spec: Spec) -> list[Mark]:
    known = range(1, len(spec.lines) + 1)
    return [mark for number, mark in sorted(answer.items()) if number not in known]


def row(line: Line, marked: bool) -> dict[str, object]:
    told = {"flawed": bool(line.flaw), "why": line.why} if marked else {}
    return {"number": line.number, "text": line.text, "marked": marked, **told}


def mutants(text: str) -> Iterator[Mutant]:
    return broken_numbers(text)
