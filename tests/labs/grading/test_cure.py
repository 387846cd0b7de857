"""The smallest change that makes an answer right, and what of it is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from labs.grading.cure import MOST_STEPS, MOST_WORK, Held, Judge, Mend, Mender, find_cure
from labs.grading.errors import AnswerError
from labs.grading.grade import grade
from labs.grading.kind import Code
from labs.grading.kinds import KINDS
from labs.grading.report import Cure, Finding, Report
from labs.grading.said import Said
from labs.source import LabSource, VariantSource
from tests.labs.shipped import shipped_labs

CATALOG = Path(__file__).parents[3] / "labs" / "catalog"


class Letters:
    """An answer is a set of letters, one check for each letter that is wanted and each that is
    not; letters can be put in and taken out."""

    NAME, TITLE, LANGUAGE, VERSION, MAX_BYTES = "letters", "Letters", "text", "1", 100
    CODES: Mapping[str, Code] = {}

    def read_spec(self, table: Mapping[str, object], files: Mapping[str, str]) -> str:
        return str(table["wanted"])

    def parse(self, text: str) -> str:
        return text

    def check(self, answer: str, spec: str) -> Report:
        findings = [Finding("wanted", one in answer, 1, one) for one in spec]
        findings.append(Finding("extra", not set(answer) - set(spec), 1, "nothing else"))
        return Report(tuple(findings))

    def mends(self, answer: str, spec: str) -> Iterator[Mend]:
        yield Mend("Nothing changes.", "", "", answer)
        for one in sorted(set(answer) - set(spec)):
            yield Mend("Take a letter out.", one, "", answer.replace(one, ""), (1, 1))
        for one in sorted(set(spec) - set(answer)):
            yield Mend("Put a letter in.", "", one, answer + one)


def cure_of(answer: str, wanted: str) -> Cure | None:
    kind = Letters()
    return find_cure(kind, answer, wanted, kind.check(answer, wanted))


def test_one_change_that_makes_all_right_is_the_cure():
    cure = cure_of("abc", "ab")
    assert cure is not None
    assert cure.complete
    (step,) = cure.steps
    assert (step.sentence, step.before, step.after) == ("Take a letter out.", "c", "")
    assert (step.at, step.mends) == ((1, 1), (2,))


def test_several_changes_come_one_after_the_other_and_each_check_belongs_to_one():
    cure = cure_of("", "ab")
    assert cure is not None
    assert [(step.after, step.mends) for step in cure.steps] == [("a", (0,)), ("b", (1,))]


def test_the_same_mistake_twice_is_mended_though_the_first_half_alone_mends_no_check():
    cure = cure_of("axy", "a")
    assert cure is not None
    assert cure.complete
    assert [step.mends for step in cure.steps][-1] == (1,)


def test_a_right_answer_and_a_refused_one_need_no_cure():
    assert cure_of("ab", "ab") is None
    refused = Report((Finding("a", False, 1, "A"),), refused="No.")
    assert find_cure(Letters(), "a", "b", refused) is None


def test_what_cannot_be_mended_in_a_few_steps_is_mended_as_far_as_they_go():
    cure = cure_of("", "abcdefghijklmnop")
    assert cure is not None
    assert not cure.complete
    assert len(cure.steps) == MOST_STEPS


def test_a_cure_survives_being_stored():
    kind = Letters()
    report = Report((Finding("a", False, 1, "A"),), cure=cure_of("abc", "ab"))
    assert Report.from_json(json.loads(json.dumps(report.as_json()))) == report
    assert isinstance(kind, Mender)


class CostlyLetters(Letters):
    """That nothing else is there is found at some cost; `asked`: for which answers it was."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def holds(self, answer: str, spec: str) -> list[Held]:
        def has_nothing_else() -> bool:
            self.asked.append(answer)
            return not set(answer) - set(spec)

        return [*(one in answer for one in spec), has_nothing_else]


@pytest.mark.parametrize("answer", ["", "a", "ax", "bxy", "abc", "abcx", "xyz"])
def test_what_costs_more_is_asked_only_while_it_matters_and_the_cure_is_the_same(answer: str):
    kind, wanted = CostlyLetters(), "abc"
    assert find_cure(kind, answer, wanted, kind.check(answer, wanted)) == cure_of(answer, wanted)


def test_a_change_that_can_be_no_better_than_another_is_not_asked_what_costs_more():
    kind = CostlyLetters()
    find_cure(kind, "", "abc", kind.check("", "abc"))
    assert kind.asked == ["a", "ab", "abc"]


# --- All labs -------------------------------------------------------------------------------------

MENDED_KINDS = {
    "iam-policy",
    "trust-policy",
    "resource-policy",
    "security-group",
    "security-group-graph",
    "network-acl",
}
LABS = shipped_labs()
MENDED = [lab for lab in LABS if lab.kind in MENDED_KINDS]


def reports(lab: LabSource) -> Iterator[tuple[str, str, Report]]:
    variant = lab.variants[0]
    for name, text in {"starter": variant.starter, **variant.wrong}.items():
        try:
            report = graded(lab, variant, text)
        except AnswerError:
            continue
        if not report.refused:
            yield name, text, report


def graded(lab: LabSource, variant: VariantSource, text: str) -> Report:
    return grade(
        lab.kind_module, table=variant.table, files=variant.files, text=text, with_cure=True
    )


@pytest.mark.parametrize("lab", MENDED, ids=lambda lab: lab.slug)
def test_every_wrong_answer_of_the_catalogue_is_mended_completely(lab: LabSource):
    for name, _text, report in reports(lab):
        assert report.cure is not None, name
        assert report.cure.complete, (name, report.cure)
        mended = {number for step in report.cure.steps for number in step.mends}
        assert mended == {n for n, check in enumerate(report.checks) if not check.passed}, name


POLICIES = [lab for lab in MENDED if lab.kind.endswith("-policy")]


@pytest.mark.parametrize("lab", POLICIES, ids=lambda lab: lab.slug)
def test_what_is_told_at_once_names_only_what_the_learner_wrote(lab: LabSource):
    for name, text, report in reports(lab):
        for step in report.cure.steps if report.cure else ():
            for part in parts_of(step.sentence):
                assert part in text or part.isdigit() or part in ELEMENTS, (name, part)


ELEMENTS = {"Action", "NotAction", "Resource", "2012-10-17"}


def parts_of(sentence: str) -> list[Any]:
    return [str(part) for part in sentence.parts.values()] if isinstance(sentence, Said) else []


class HeavyLetters(Letters):
    """Counts its checks; each of them is half of what one may cost."""

    def __init__(self) -> None:
        self.checks = 0

    def check(self, answer: str, spec: str) -> Report:
        self.checks += 1
        return super().check(answer, spec)

    def mends(self, answer: str, spec: str) -> Iterator[Mend]:
        return (replace(mend, weight=MOST_WORK // 2) for mend in super().mends(answer, spec))


def test_a_large_answer_gets_no_more_work_than_a_small_one():
    kind = HeavyLetters()
    report = kind.check("", "abcdef")
    cure = find_cure(kind, "", "abcdef", report)
    assert kind.checks == 3
    assert cure is not None
    assert not cure.complete


class LoudLetters(Letters):
    """Tells which changes were asked for."""

    def __init__(self) -> None:
        self.asked_for: list[str] = []

    def mends(self, answer: str, spec: str) -> Iterator[Mend]:
        for mend in super().mends(answer, spec):
            self.asked_for.append(mend.answer)
            yield mend


def test_behind_a_change_that_makes_all_right_no_other_is_looked_for():
    kind = LoudLetters()
    find_cure(kind, "abxy", "ab", kind.check("abxy", "ab"))
    assert kind.asked_for == ["abxy", "aby", "abx", "aby", "ab"]


JUDGED = [lab for lab in LABS if isinstance(KINDS[lab.kind], Judge)]


@pytest.mark.parametrize("lab", JUDGED, ids=lambda lab: lab.slug)
def test_a_short_judgement_is_that_of_the_whole_check(lab: LabSource):
    """Of every wrong answer, and of every change to it that the search looks at first."""
    kind = KINDS[lab.kind]
    for variant in lab.variants[:1]:
        spec = kind.read_spec(variant.table, variant.files)
        for text in (*variant.right.values(), *variant.wrong.values(), variant.starter):
            for answer in with_mends(kind, text, spec):
                assert same_judgement(kind, answer, spec), text


def with_mends(kind: Any, text: str, spec: object) -> Iterator[object]:
    try:
        answer = kind.parse(text)
        report = kind.check(answer, spec)
    except AnswerError:
        return
    yield answer
    if not report.passed and not report.refused:
        yield from (mend.answer for mend in islice(kind.mends(answer, spec), 3))


def same_judgement(kind: Any, answer: object, spec: object) -> bool:
    report, held = kind.check(answer, spec), kind.holds(answer, spec)
    if report.refused:
        return held is None
    found = [one if isinstance(one, bool) else one() for one in held]
    return found == [check.passed for check in report.checks]
