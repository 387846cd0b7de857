"""A plan as rows for its reader: what happens to each lesson, section and lab, and how much of
learners' work hangs on it. Numbers and titles alone: nobody is named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Count

from labs.models import Draft, Lab, Submission
from labs.quiz.sync import QuizPlan, named
from labs.sync import LabPlan
from lessons.matching import OldSection
from lessons.models import Margin
from lessons.plan import LessonChange, Plan, SectionChange
from lessons.plan_words import NAMED
from lessons.sync import CoursePlan
from portal.authoring.planning import Planned


@dataclass(slots=True)
class Row:
    what: str  # course, lesson, section, lab or labs
    course: str  # its title
    kinds: list[str]
    before: list[str]  # titles; several, where lessons were merged
    after: list[str]
    where: list[str]  # of a section: the lessons that it leaves and enters
    completed: int = 0  # learners
    whole: int = 0  # who completed all parts of what was split or merged
    partly: int = 0  # and who only some
    stopped: int = 0
    margins: int = 0  # bookmarks and notes of learners
    terms: int = 0
    labs: int = 0
    drafts: int = 0
    scores: int = 0
    questions: int = 0
    answered: int = 0  # learners who answered these questions
    is_loss: bool = field(default=False, kw_only=True)
    # Of a lab's translations: what does not fit its original any more, with file and key
    left_out: list[str] = field(default_factory=list, kw_only=True)


def rows_of_plan(planned: Planned) -> list[dict[str, Any]]:
    """As JSON. Four queries, however many rows."""
    work = Work(planned)
    return [
        asdict(row)
        for rows in (
            *(course_rows(plan, work) for plan in planned.courses),
            lab_rows(planned.labs, work),
            quiz_rows(planned.quizzes),
        )
        for row in rows
    ]


def rows_of_courses(plans: list[CoursePlan]) -> list[dict[str, Any]]:
    return rows_of_plan(Planned(tuple(plans), ()))


class Work:
    """Drafts and scores of the labs that a plan touches, also by being in a section of it."""

    def __init__(self, planned: Planned) -> None:
        touched = [
            change.old.key
            for plan in planned.courses
            for change in plan.plan.sections
            if change.old and change.kinds
        ]
        links = Lab.sections.through.objects.filter(
            section__in=touched, lab__archived_at=None
        ).values_list("section", "lab")
        self.labs: dict[Any, set[int]] = defaultdict(set)
        for section, lab in links:
            self.labs[section].add(lab)
        keys = {key for labs in self.labs.values() for key in labs}
        keys |= {plan.lab.pk for plan in planned.labs if plan.lab}
        self.margins: Counter[Any] = Counter(
            dict(
                Margin.objects.filter(section__in=touched)
                .order_by()
                .values("section")
                .annotate(number=Count("pk"))
                .values_list("section", "number")
            )
        )
        self.drafts = counted(Draft.objects.filter(lab__in=keys), "pk")
        self.scores = counted(Submission.objects.graded().filter(lab__in=keys), "user")

    def of_sections(self, sections: Iterable[OldSection]) -> dict[str, Any]:
        return self.of_labs({lab for section in sections for lab in self.labs.get(section.key, ())})

    def of_labs(self, labs: set[int]) -> dict[str, Any]:
        return {
            "labs": len(labs),
            "drafts": sum(self.drafts[lab] for lab in labs),
            "scores": sum(self.scores[lab] for lab in labs),
        }


def counted(rows: Any, what: str) -> Counter[int]:
    found = rows.order_by().values("lab").annotate(number=Count(what, distinct=True))
    return Counter(dict(found.values_list("lab", "number")))


# --- Courses --------------------------------------------------------------------------------------


def course_rows(plan: CoursePlan, work: Work) -> Iterator[Row]:
    if plan.is_new or (plan.source is None and not plan.plan.lessons):
        yield course_row(plan, "added" if plan.is_new else "removed", is_loss=not plan.is_new)
        return
    changes = [
        *lesson_rows(plan.title, plan.plan, work),
        *section_rows(plan.title, plan.plan, work),
        *term_rows(plan.title, plan.plan),
    ]
    is_back = plan.version is not None and plan.version[3] is not None
    if is_back or not changes:
        yield course_row(plan, "revived" if is_back else "layout")
    yield from changes


def course_row(plan: CoursePlan, kind: str, *, is_loss: bool = False) -> Row:
    before, after = ([] if kind == "added" else [plan.title]), [plan.title]
    after = [] if kind == "removed" else after
    return Row("course", plan.title, [kind], before, after, [], is_loss=is_loss)


def lesson_rows(course: str, plan: Plan, work: Work) -> Iterator[Row]:
    sections = [one.old for one in plan.sections if one.old and one.kinds]
    for change in plan.lessons:
        if change.kinds:
            yield lesson_row(course, change, work, sections)


def lesson_row(
    course: str, change: LessonChange, work: Work, sections: Iterable[OldSection]
) -> Row:
    before = change.parts or ((change.old,) if change.old else ())
    slugs = {one.slug for one in before}
    row = Row(
        what="lesson",
        course=course,
        kinds=list(change.kinds),
        before=[one.title for one in before],
        after=[one.title for one in after_of(change)],
        where=[],
        whole=change.completed.whole,
        partly=change.completed.partly,
        is_loss=change.loses_progress,
        **work.of_sections(one for one in sections if one.lesson in slugs),
    )
    if change.old:
        row.completed, row.stopped = change.old.learners, change.old.readers
    return row


def after_of(change: LessonChange) -> list[Any]:
    return [change.new] if change.new else list(change.into)


def section_rows(course: str, plan: Plan, work: Work) -> Iterator[Row]:
    for change in plan.sections:
        if change.kinds:
            yield section_row(course, change, work)


def section_row(course: str, change: SectionChange, work: Work) -> Row:
    sides = [side for side in (change.old, change.new) if side]
    return Row(
        what="section",
        course=course,
        kinds=list(change.kinds),
        before=[change.old.title] if change.old else [],
        after=[change.new.title] if change.new else [],
        where=list(dict.fromkeys(side.lesson for side in sides)),
        completed=change.learners,
        margins=work.margins[change.old.key] if change.old else 0,
        **work.of_sections([change.old] if change.old else []),
    )


def term_rows(course: str, plan: Plan) -> Iterator[Row]:
    """One for each kind of change, however many words of the glossary it is about."""
    for kind in ("added", "changed", "removed"):
        names = [change.name for change in plan.terms if change.kind == kind]
        if names:
            yield Row(
                "glossary", course, [kind], [", ".join(names[:NAMED])], [], [], terms=len(names)
            )


# --- Labs -----------------------------------------------------------------------------------------


def lab_rows(plans: Iterable[LabPlan], work: Work) -> Iterator[Row]:
    """Those that only follow their section in the order are one row for each course."""
    following: Counter[str] = Counter()
    for plan in plans:
        if plan.kinds == ["order"] and plan.lab:
            following[plan.lab.course.title] += 1
        else:
            yield lab_row(plan, work)
    for course, number in following.items():
        yield Row("labs", course, ["order"], [], [], [], labs=number)


def lab_row(plan: LabPlan, work: Work) -> Row:
    before = [plan.lab.title] if plan.lab else []
    after = [plan.source.title] if plan.source else []
    course = plan.lab.course.title if plan.lab else ""
    kinds = list(dict.fromkeys(plan.kinds))
    counts = work.of_labs({plan.lab.pk} if plan.lab else set()) | {"labs": 0}
    row = Row("lab", course, kinds, before, after, [], **counts)
    row.is_loss = not plan.is_safe
    row.left_out = left_out_of(plan)
    return row


def left_out_of(plan: LabPlan) -> list[str]:
    translations = plan.source.translations if plan.source else ()
    return [f"{plan.slug}: {words}" for one in translations for words in one.left_out]


# --- Questions ------------------------------------------------------------------------------------


def quiz_rows(plans: Iterable[QuizPlan]) -> Iterator[Row]:
    """One for each kind of change, however many questions it is about."""
    for plan in plans:
        for kind, slugs in plan.changes.items():
            if slugs:
                row = Row("questions", plan.title, [kind], [named(slugs)], [], [])
                row.questions, row.answered = len(slugs), plan.answered_by(kind)
                yield row
