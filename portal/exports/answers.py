"""A row an answer, and a row a check of an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labs.grading.report import Finding
from labs.language import in_language
from labs.models import Grade, Lab, Submission, Variant
from portal.cohorts.models import Cohort
from portal.exports.people import learners_of, who
from portal.exports.tables import Column, Row, Table, Value, in_parts

LEARNERS_AT_A_TIME = 20
ROWS_AT_A_TIME = 500


def submissions(cohort: Cohort) -> Table:
    columns = (*who(), *about_the_answer(), *told())
    return Table(_("Answers"), columns, each(Catalog(cohort), WITH_TEXT, answer_row))


def findings(cohort: Cohort) -> Table:
    columns = (*who(), *about_the_answer(), *found())
    return Table(_("Findings"), columns, each(Catalog(cohort), WITH_REPORT, finding_rows))


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


class Catalog:
    """Whose answers, and to what: rows that would come along with each answer, read once."""

    def __init__(self, cohort: Cohort) -> None:
        labs = Lab.objects.filter(course__in=cohort.courses.values("pk")).select_related("course")
        self.learners = learners_of(cohort)
        self.labs = {lab.pk: lab for lab in labs}
        of_labs = Variant.objects.filter(lab__in=self.labs)
        self.variants = dict(of_labs.values_list("pk", "number"))

    def answers(self, learners: Sequence[int]) -> QuerySet[Submission]:
        mine = Submission.objects.filter(user__in=learners, lab__in=self.labs)
        return mine.order_by("user_id", "pk").select_related("grade")

    def head(self, answer: Submission, attempt: int) -> list[Value]:
        lab = self.labs[answer.lab_id]
        number = self.variants[answer.variant_id] + 1
        learner = self.learners[answer.user_id].cells
        about = [answer.pk, lab.course.title, lab.title, number, attempt, answer.created_at]
        return [*learner, *about]


Rows = Callable[[Submission, list[Value]], Iterator[Row]]
Columns = tuple[str, ...]
OF_BOTH: Columns = ("user_id", "lab_id", "variant_id", "created_at")
WITH_TEXT: Columns = (
    *OF_BOTH,
    "state",
    "text",
    "change_shown_at",
    "solution_shown_at",
    *(f"grade__{name}" for name in ("points", "max_points", "passed", "made_by", "reason")),
)
WITH_REPORT: Columns = (*OF_BOTH, "grade__report", "grade__unpacked_report")


def each(catalog: Catalog, columns: Columns, rows: Rows) -> Iterator[Row]:
    """Learner by learner, the oldest answer first; a query for each twenty learners."""
    for keys in in_parts(sorted(catalog.learners), LEARNERS_AT_A_TIME):
        attempts = Counter[tuple[int, int]]()
        found = catalog.answers(keys).only(*columns)
        for answer in found.iterator(chunk_size=ROWS_AT_A_TIME):
            attempts[answer.user_id, answer.lab_id] += 1
            number = attempts[answer.user_id, answer.lab_id]
            yield from rows(answer, catalog.head(answer, number))


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
