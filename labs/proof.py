"""Is a lab fair? Its solution must score everything, and nothing else may: proved by running it,
for each variant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import Exercise, exercise_of
from labs.grading.report import Report
from labs.source import LabSource, VariantSource

# What learners write that is right as well: with fewer, the lab may ask for a wording
FEWEST_RIGHT = 3


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason why the lab is not fair yet. `answer` is the file."""

    variant: int
    answer: str
    message: str

    def __str__(self) -> str:
        return f"variant {self.variant + 1}, {self.answer}: {self.message}"


@dataclass(frozen=True)
class Trial:
    """One variant of a lab, and what it says to answers."""

    lab: LabSource
    variant: VariantSource

    @cached_property
    def exercise(self) -> Exercise:
        kind, variant = self.lab.kind_module, self.variant
        return exercise_of(kind, table=variant.table, files=variant.files, starter=variant.starter)

    def run(self, text: str) -> Report | AnswerError | SpecError:
        try:
            return self.exercise.grade(text)
        except (AnswerError, SpecError) as error:
            return error


def prove(lab: LabSource) -> list[Doubt]:
    """Everything that speaks against the lab; an empty list proves it."""
    return [
        *doubt_promises(lab),
        *(doubt for variant in lab.variants for doubt in doubts_about(Trial(lab, variant))),
    ]


def doubt_promises(lab: LabSource) -> Iterator[Doubt]:
    there = len(lab.variants[0].right)
    if there < FEWEST_RIGHT:
        yield Doubt(
            0,
            "right/",
            f"has {there} right answers that look different from the solution; "
            f"{FEWEST_RIGHT} are needed, the documented form first",
        )
    if not lab.wrong:
        yield Doubt(0, "wrong/", "there is no wrong answer: what could the lab mistake for right?")
    for name, codes in lab.wrong.items():
        for code in codes:
            if code not in lab.kind_module.CODES:
                yield Doubt(0, f"wrong/{name}", f"the kind has no code {code}")
        if not codes:
            yield Doubt(0, f"wrong/{name}", "no code is named that it must raise")


def doubts_about(trial: Trial) -> Iterator[Doubt]:
    lab, variant = trial.lab, trial.variant
    yield from (Doubt(variant.number, "solution", words) for words in doubt_solution(trial))
    for name, text in {"starter": variant.starter, "the empty answer": "", "{}": "{}"}.items():
        report = trial.run(text)
        if isinstance(report, SpecError):
            yield Doubt(variant.number, name, str(report))
        elif isinstance(report, Report) and report.passed:
            yield Doubt(variant.number, name, "passes")
    for name in variant.right:
        yield from (
            Doubt(variant.number, f"right/{name}", words) for words in doubt_right(trial, name)
        )
    for name in lab.wrong:
        yield from (
            Doubt(variant.number, f"wrong/{name}", words) for words in doubt_wrong(trial, name)
        )


def doubt_solution(trial: Trial) -> Iterator[str]:
    first, second = (trial.run(trial.variant.solution) for _time in range(2))
    if not isinstance(first, Report) or not isinstance(second, Report):
        yield f"cannot be checked: {first}"
        return
    if not first.max_points:
        yield "nothing is worth a point"
    for finding in first.findings:
        if not finding.passed:
            yield (
                f"{'advice' if not finding.points else 'failed'} {finding.code}: {finding.message}"
            )
        if finding.code not in trial.lab.kind_module.CODES:
            yield f"the kind does not list the code {finding.code}"
    if first != second:
        yield "two runs differ"


def doubt_right(trial: Trial, name: str) -> Iterator[str]:
    report = trial.run(trial.variant.right[name])
    if not isinstance(report, Report):
        yield f"cannot be checked: {report}"
    elif not report.passed:
        yield f"is right and scores {report.percent} %: {first_fault(report)}"


def first_fault(report: Report) -> str:
    """Why it does not pass: what it is refused for, or the first check that does not hold."""
    faults = [one for one in report.findings if not one.passed]
    found = faults if report.refused else [one for one in faults if one.points]
    return f"{found[0].code}: {found[0].message}" if found else "nothing is worth a point"


def doubt_wrong(trial: Trial, name: str) -> Iterator[str]:
    report = trial.run(trial.variant.wrong[name])
    if not isinstance(report, Report):
        yield f"cannot be checked: {report}"
        return
    if report.passed:
        yield "scores 100 %, though it is wrong"
    raised = {finding.code for finding in report.findings if not finding.passed}
    for code in trial.lab.wrong[name]:
        if code not in raised:
            yield f"does not raise {code} (it raises {', '.join(sorted(raised)) or 'nothing'})"


def is_worth(lab: LabSource) -> int:
    """The points of the first variant's solution."""
    first = lab.variants[0]
    report = Trial(lab, first).run(first.solution)
    return report.max_points if isinstance(report, Report) else 0
