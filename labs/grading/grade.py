"""Grade answers: read the spec, read the answer, check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from labs.grading.cure import find_cure
from labs.grading.errors import AnswerError, Undecided
from labs.grading.kind import Adviser, Files, Kind
from labs.grading.report import Finding, Report
from labs.grading.said import say
from labs.grading.scoring import scored


def read_answer(kind: Kind, text: str) -> object:
    """The kind's answer; AnswerError when the text is too long, empty or unreadable."""
    refuse_unreadable_text(text, kind.MAX_BYTES)
    try:
        return kind.parse(text)
    except (RecursionError, OverflowError, MemoryError) as error:
        raise AnswerError(
            say("The answer is nested too deeply or too large to be read.")
        ) from error


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is equal for all answers to one variant of a lab: its spec, and how far its starter gets
    (None for one that says nothing, such as an empty one)."""

    kind: Kind
    spec: object
    start: Report | None

    def grade(self, text: str, *, with_cure: bool = False) -> Report:
        """The report on `text`, its score counted from what the starter has already. AnswerError:
        unreadable (no attempt). `with_cure` looks for the change that would make it right, which
        takes longer than the check."""
        answer = read_answer(self.kind, text)
        report = self.kind.check(answer, self.spec)
        if with_cure:
            report = replace(report, cure=find_cure(self.kind, answer, self.spec, report))
        return scored(report, self.start) if self.start else report


def exercise_of(
    kind: Kind, *, table: Mapping[str, object], files: Files, starter: str = ""
) -> Exercise:
    """SpecError: the lab's fault."""
    spec = kind.read_spec(table, files)
    try:
        start = kind.check(read_answer(kind, starter), spec)
    except (AnswerError, Undecided):
        start = None
    return Exercise(kind, spec, start)


def grade(
    kind: Kind,
    *,
    table: Mapping[str, object],
    files: Files,
    text: str,
    starter: str = "",
    with_cure: bool = False,
) -> Report:
    """One answer alone; whoever has several keeps the Exercise."""
    exercise = exercise_of(kind, table=table, files=files, starter=starter)
    return exercise.grade(text, with_cure=with_cure)


def advice(kind: Kind, *, table: Mapping[str, object], files: Files, text: str) -> list[Finding]:
    """What can be said of `text` before anything is decided; AnswerError when it cannot be read."""
    answer = read_answer(kind, text)
    return kind.advise(answer, kind.read_spec(table, files)) if isinstance(kind, Adviser) else []


def refuse_unreadable_text(text: str, max_bytes: int) -> None:
    """Size first, before any parsing; then characters that no database or protocol carries
    safely."""
    if len(text) > max_bytes or len(text.encode("utf-8", "replace")) > max_bytes:
        raise AnswerError(say("The answer is longer than {most} kB.", most=max_bytes // 1000))
    if not text.strip():
        raise AnswerError(say("The answer is empty."), 1, 1)
    for number, line in enumerate(text.split("\n"), start=1):
        for column, character in enumerate(line, start=1):
            if character == "\0" or "\ud800" <= character <= "\udfff":
                raise AnswerError(
                    say("The answer holds a character that is not text."), number, column
                )
