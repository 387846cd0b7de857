"""What changed between two attempts: lines of text (capped, hostile texts must stay cheap) and what
became of each case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

from labs.grading.report import Outcome
from labs.models import Grade, State, Submission

MOST_LINES = 300
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Line:
    look: str  # add, del, hunk or nothing
    text: str


def difference(before: str, after: str) -> list[Line]:
    """Changed lines with their surroundings, as `diff -u` shows them;
    empty when nothing changed."""
    lines = unified_diff(clip(before), clip(after), lineterm="", n=2)
    return [Line(look_of(line), line) for line in list(lines)[2:]]


def sides(mine: str, model: str) -> tuple[list[Line], list[Line]]:
    """Both texts whole; marked is what the other has not got, white space aside."""
    left, right = clip(mine), clip(model)
    matcher = SequenceMatcher(None, bare(left), bare(right), autojunk=False)
    blocks = matcher.get_matching_blocks()
    same = [range(block.a, block.a + block.size) for block in blocks]
    here = [range(block.b, block.b + block.size) for block in blocks]
    return lines_of(left, same, "del"), lines_of(right, here, "add")


def bare(lines: Iterable[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines]


def lines_of(lines: Iterable[str], same: Iterable[range], look: str) -> list[Line]:
    shared = {at for block in same for at in block}
    return [
        Line("" if at in shared or not line.strip() else look, line)
        for at, line in enumerate(lines)
    ]


def clip(text: str) -> list[str]:
    return [line[:LONGEST_LINE] for line in text.split("\n")[:MOST_LINES]]


def look_of(line: str) -> str:
    return {"+": "add", "-": "del", "@": "hunk"}.get(line[:1], "")


@dataclass(frozen=True, slots=True)
class Change:
    """One case that went otherwise in the attempt before."""

    what: str
    before: str
    now: str
    passed: bool


def graded_before(submission: Submission) -> Submission | None:
    """The last attempt that has a verdict. One query where that is the last attempt."""
    previous = submission.previous
    if previous is None or previous.state == State.GRADED:
        return previous
    return submission.earlier().graded().first()


def grade_before(submission: Submission) -> Grade | None:
    """Of that attempt."""
    before = graded_before(submission)
    return before.grade if before else None


def outcome_changes(
    submission: Submission, outcomes: Iterable[Outcome], before: Grade | None
) -> list[Change]:
    """Since the last attempt with a verdict. Another engine may say the same in other words: then
    only what passes now and did not, or the other way round, has changed."""
    now = list(outcomes)
    if before is None or submission.grade is None:
        return []
    same_words = before.engine_version == submission.grade.engine_version
    earlier = {one.name: one for one in before.read_outcomes()}
    return [
        Change(
            what=one.what or one.name,
            before=earlier[one.name].yours,
            now=one.yours,
            passed=one.passed,
        )
        for one in now
        if one.name in earlier and differs(earlier[one.name], one, same_words)
    ]


def differs(before: Outcome, now: Outcome, same_words: bool) -> bool:
    return before.passed != now.passed or (same_words and before.yours != now.yours)
