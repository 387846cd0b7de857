"""A row an answer, and a row a check of an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labs.grading.report import Finding
from labs.language import in_language
from labs.models import Grade, Submission
from portal.cohorts.models import Cohort
from portal.exports.people import learners_of, who
from portal.exports.tables import Column, Row, Table, Value, in_parts

LEARNERS_AT_A_TIME = 20
ROWS_AT_A_TIME = 500


def submissions(cohort: Cohort) -> Table:
    return Table(_("Answers"), (*who(), *about_the_answer(), *told()), each(cohort, answer_row))


def findings(cohort: Cohort) -> Table:
    return Table(_("Findings"), (*who(), *about_the_answer(), *found()), each(cohort, finding_rows))


def about_the_answer() -> list[Column]:
    return [
        Column("submission", _("Answer")),
        Column("course", _("Course")),
        Column("lab", _("Lab")),
        Column("variant", _("Variant")),
        Column("attempt", _("Attempt")),
        Column("handed_in_at", _("Handed in")),
    ]


def told() -> list[Column]:
    return [
        Column("state", _("State")),
        Column("passed", _("Passed")),
        Column("points", _("Points")),
        Column("max_points", _("Points possible")),
        Column("percent", _("Percent")),
        Column("graded_by", _("Graded by")),
        Column("reason", _("Reason")),
        Column("change_shown", _("Change shown")),
        Column("solution_shown", _("Solution shown")),
        Column("text", _("Text")),
    ]


def found() -> list[Column]:
    return [
        Column("code", _("Check")),
        Column("holds", _("Holds")),
        Column("points", _("Points possible")),
        Column("said", _("What was said")),
        Column("case", _("Case")),
        Column("line", _("Line")),
    ]


Rows = Callable[[Submission, list[Value]], Iterator[Row]]


def each(cohort: Cohort, rows: Rows) -> Iterator[Row]:
    """Learner by learner, the oldest answer first; a query for each twenty learners."""
    learners = learners_of(cohort)
    for keys in in_parts(sorted(learners), LEARNERS_AT_A_TIME):
        attempts = Counter[tuple[int, int]]()
        for answer in answers_of(cohort, keys).iterator(chunk_size=ROWS_AT_A_TIME):
            attempts[answer.user_id, answer.lab_id] += 1
            number = attempts[answer.user_id, answer.lab_id]
            yield from rows(answer, [*learners[answer.user_id].cells, *head(answer, number)])


def answers_of(cohort: Cohort, learners: Sequence[int]) -> QuerySet[Submission]:
    mine = Submission.objects.filter(user__in=learners, lab__course__in=cohort.courses.values("pk"))
    return mine.order_by("user_id", "pk").select_related("lab__course", "variant", "grade")


def head(answer: Submission, attempt: int) -> list[Value]:
    lab = answer.lab
    variant = answer.variant.number + 1
    return [answer.pk, lab.course.title, lab.title, variant, attempt, answer.created_at]


def answer_row(answer: Submission, begin: list[Value]) -> Iterator[Row]:
    yield [
        *begin,
        str(answer.get_state_display()),
        *verdict(answer.grade),
        answer.change_shown_at is not None,
        answer.solution_shown_at is not None,
        answer.text,
    ]


def verdict(grade: Grade | None) -> list[Value]:
    if grade is None:
        return [None] * 6
    given = str(grade.get_made_by_display())
    score: list[Value] = [grade.points, grade.max_points, grade.percent]
    return [grade.passed, *score, given, grade.reason]


def finding_rows(answer: Submission, begin: list[Value]) -> Iterator[Row]:
    """Advice, which is worth nothing, too."""
    report = answer.grade.read_report() if answer.grade else None
    for finding in report.findings if report else ():
        yield [*begin, *said_in(finding)]


def said_in(finding: Finding) -> list[Value]:
    case = in_language(finding.cases[0].sentence) if finding.cases else ""
    words = in_language(finding.message)
    return [finding.code, finding.passed, finding.points, words, case, finding.line]
