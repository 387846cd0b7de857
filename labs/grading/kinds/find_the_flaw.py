"""Find the flaw: name the lines of a rule table that are wrong, and only those.

An answer is the numbers of the lines, in any order, between spaces, commas or line ends;
what follows a # is a note.

[spec] in lab.toml:
    [[spec.lines]]   text, flaw = "sg.ssh-open" (a code of this kind; left out = the line is right),
                     why, points (1)

Points: each flaw by itself, and as many again for marking nothing that is right. Report.extra:
`lines` (number, text, marked, and `flawed` and `why` of marked lines).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import AnswerError, SpecError
from labs.grading.kind import Files
from labs.grading.network.exercise.codes import SECURITY_GROUP_CODES
from labs.grading.network.exercise.path_codes import ACL_CODES, ADDRESS_CODES, FLAW_CODES
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.toml_table import Table

NAME = "find-the-flaw"
TITLE = "Find the flaw"
LANGUAGE = "text"
VERSION = "1"
MAX_BYTES = 4_000
CODES = {**FLAW_CODES, **SECURITY_GROUP_CODES, **ACL_CODES, **ADDRESS_CODES}


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


def parse(text: str) -> dict[int, Mark]:
    marks: dict[int, Mark] = {}
    for number, raw in enumerate(text.split("\n"), start=1):
        at = 0
        for word in raw.partition("#")[0].replace(",", " ").split():
            at = raw.index(word, at)
            if not (word.isascii() and word.isdigit() and len(word) <= 4):
                raise AnswerError(f"“{word[:40]}” is not the number of a line.", number, at + 1)
            marks.setdefault(int(word), Mark(int(word), number, at + 1))
            at += len(word)
    return marks


def check(answer: Mapping[int, Mark], spec: Spec) -> Report:
    findings = [flaw_finding(line, line.number in answer) for line in spec.lines if line.flaw]
    findings.append(restraint_finding(answer, spec))
    return Report(
        tuple(findings), {"lines": [row(line, line.number in answer) for line in spec.lines]}
    )


def flaw_finding(line: Line, found: bool) -> Finding:
    """A found flaw is told with its reason; of a missed one not even the line."""
    code = CODES[line.flaw]
    if found:
        message = f"Line {line.number}: {code.title}."
        return Finding(
            line.flaw,
            True,
            line.points,
            message,
            section=code.section,
            why=line.why or code.explanation,
        )
    message = "One of the lines that you left unmarked is wrong."
    cure = say("Read the lines that you left unmarked once more: at least one of them is wrong.")
    return Finding(line.flaw, False, line.points, message, section=code.section, cure=cure)


def restraint_finding(answer: Mapping[int, Mark], spec: Spec) -> Finding:
    if not answer:
        cure = say("Mark the lines that are wrong, by their numbers.")
        words = "No line is marked."
        return Finding("flaw.false-alarm", False, spec.flaw_points, words, cure=cure)
    right = {line.number: line for line in spec.lines if not line.flaw}
    wrong = [number for number in sorted(answer) if is_false_alarm(number, spec)]
    if not wrong:
        message = "No line that is right is marked."
        return Finding("flaw.false-alarm", True, spec.flaw_points, message)
    mark, line = answer[wrong[0]], right.get(wrong[0])
    message = f"Line {mark.number} is right." if line else f"There is no line {mark.number}."
    return Finding(
        "flaw.false-alarm",
        False,
        spec.flaw_points,
        message,
        at=(mark.line, mark.column),
        why=line.why if line else "",
        cure=say("Take the mark off line {number}.", number=mark.number),
    )


def is_false_alarm(number: int, spec: Spec) -> bool:
    return number not in range(1, len(spec.lines) + 1) or not spec.lines[number - 1].flaw


def row(line: Line, marked: bool) -> dict[str, object]:
    told = {"flawed": bool(line.flaw), "why": line.why} if marked else {}
    return {"number": line.number, "text": line.text, "marked": marked, **told}
