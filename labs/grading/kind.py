"""What a kind of lab is: a module with a few constants and three functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

from labs.grading.report import Finding, Report

# The lab folder's files, name → text. A kind never opens a file by itself.
Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding code means, for learners and for counting misconceptions over a cohort."""

    title: str
    explanation: str
    section: str = ""  # slug of the heading in the notes that teaches it


class Kind(Protocol):
    @property
    def NAME(self) -> str: ...  # as in lab.toml: "find-the-flaw"

    @property
    def TITLE(self) -> str: ...  # in a teacher's words: say("Find the flaw")

    @property
    def LANGUAGE(self) -> str: ...  # the editor's mode: "json", "yaml", "shell" or "text"

    @property
    # Of the engine; stored with every grade, raised when verdicts can change
    def VERSION(self) -> str: ...

    @property
    def MAX_BYTES(self) -> int: ...  # an answer longer than this is refused before it is read

    @property
    def CODES(self) -> Mapping[str, Code]: ...  # every code its findings can carry

    # [spec] of lab.toml and the folder's files → a frozen spec; SpecError names file and key.
    def read_spec(self, table: Mapping[str, object], files: Files) -> object: ...

    # The learner's text → an answer; AnswerError names line and column.
    def parse(self, text: str) -> object: ...

    # Answer against spec → findings in reading order; the score follows from them.
    def check(self, answer: Any, spec: Any) -> Report: ...


@runtime_checkable
class BoundedParser(Kind, Protocol):
    """A kind whose `parse` does work in proportion to the text, whatever that is, and leaves by
    AnswerError alone: it may run in the process that answers a form, and not only in a child with
    limits. `tests/labs/grading/test_bounded_parsers.py` counts its steps on hostile texts."""

    IS_BOUNDED: Literal[True]


@runtime_checkable
class Adviser(Protocol):
    """A kind may have a fourth function; and words of its own: `completions.Completer`."""

    # What the text alone shows, without anything being decided → findings of 0 points,
    # for the editor while one types.
    def advise(self, answer: Any, spec: Any) -> list[Finding]: ...


@runtime_checkable
class Worded(Protocol):
    """A kind whose [spec] holds texts that learners read, and that nothing is graded by: they can
    be translated (`labs/translations.py`)."""

    # List of tables in [spec] → the texts in each, or tables of texts. The first is what a
    # translation calls it by.
    @property
    def TEXTS(self) -> Mapping[str, tuple[str, ...]]: ...
