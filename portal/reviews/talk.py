"""What was said about an answer, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from labs.models import Submission
from lessons.compiled import Compiled
from portal.cohorts.models import Cohort, Role
from portal.reviews.models import Comment, Question

LONGEST_QUOTE = 120


@dataclass(frozen=True, slots=True)
class Said:
    """`quote` is the line that it is about."""

    comment: Comment
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    said: list[Said]

    @property
    def lines(self) -> set[int]:
        """Those that something is said about."""
        return {one.comment.line for one in self.said if one.comment.line}

    @property
    def is_begun(self) -> bool:
        """By those who teach: only then a learner answers."""
        return any(one.comment.role != Role.LEARNER for one in self.said)


def talk_about(submission: Submission) -> Talk:
    """One query."""
    lines = submission.text.split("\n")
    found = ABOUT.rows(submission=submission.pk)
    return Talk([Said(one, quote_of(one, lines)) for one in found])


# Every learner's page of an answer asks it.
ABOUT = Compiled(
    lambda submission: Comment.objects.filter(submission=submission).shown(), submission=-1
)


def talk_of(question: Question) -> Talk:
    """One query. Of the answer that it is about nothing is loaded, and no line is quoted."""
    return Talk([Said(one) for one in Comment.objects.filter(question=question.pk).shown()])


def quote_of(comment: Comment, lines: list[str]) -> str:
    """Nothing where the answer was erased."""
    if not comment.line or comment.line > len(lines):
        return ""
    return lines[comment.line - 1].strip()[:LONGEST_QUOTE]


def role_in(cohort: Cohort) -> Role:
    """Of whoever it was found for (`Cohort.objects.seen_by`)."""
    return Role.INSTRUCTOR if cohort.is_led else Role.ASSISTANT
