"""What a cohort's first answers say about a lesson's questions: how many know it, whether it tells
those who can from those who cannot, and which mistake is made how often. Everybody is told the
reason after the first answer: later ones tell of that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from labs.grading.quiz.judgement import Body, Judgement, Remark
from labs.grading.quiz.posing import chance_of
from labs.grading.quiz.reading import body_of, text_of
from labs.quiz.models import QuizAnswer
from labs.quiz.sheets import Asked, sheet_of
from lessons.models import Lesson
from portal.cohorts.models import Cohort
from portal.items.flags import Flag, question_flags
from portal.items.lab_figures import ENOUGH, correlation, percent_of

Scores = Mapping[int, tuple[float, int]]  # user → the sum of their first scores, of how many
ONE_OF = ("single", "line")  # kinds of which one part is chosen


class First(NamedTuple):
    """Somebody's first answer to a question."""

    user: int
    question: int
    seed: int
    edition: str
    given: dict[str, Any]
    score: float


class MadeMistake(NamedTuple):
    """What was wrong with answers. `remark` is what the first of those who made it was told: with
    other numbers, where they are drawn, others were told another."""

    remark: Remark
    words: str  # what was done with the part
    learners: int
    percent: int | None  # of those who answered


@dataclass(frozen=True)  # no slots: cached_property writes into __dict__
class QuestionFigures:
    """`now` are the answers to the question as it is worded today."""

    asked: Asked
    answered: int = 0
    right: int = 0
    discrimination: float | None = None
    now: Sequence[First] = field(default_factory=tuple)

    @property
    def facility(self) -> int | None:
        """Percent who are right at first."""
        return percent_of(self.right, self.answered)

    @property
    def enough(self) -> bool:
        return self.answered >= ENOUGH

    @property
    def earlier(self) -> int:
        """Answers to another wording: of them only the score is known."""
        return self.answered - len(self.now)

    @property
    def flags(self) -> list[Flag]:
        return question_flags(self) if self.enough else []

    @cached_property
    def text(self) -> str:
        """As somebody gets it who gets the first of everything."""
        question = self.asked.question
        return text_of(question, next(question.values.combinations()))

    @cached_property
    def mistakes(self) -> list[MadeMistake]:
        """The most frequent first."""
        counts: Counter[object] = Counter()
        samples: dict[object, Remark] = {}
        for key, remark in mistakes_in(self.asked, self.now):
            counts[key] += 1
            samples.setdefault(key, remark)
        answers, kind = len(self.now), self.asked.question.kind
        return [
            MadeMistake(
                samples[key], words(samples[key], kind), number, percent_of(number, answers)
            )
            for key, number in counts.most_common()
        ]


def question_figures_of(cohort: Cohort, lesson: Lesson) -> list[QuestionFigures]:
    """In the order in which they are asked. Two queries; none where nothing is asked."""
    asked = sheet_of(lesson.course_id, lesson.course.edition).of(lesson)
    if not asked:
        return []
    found = defaultdict[int, list[First]](list)
    for one in (
        first_answers(cohort)
        .filter(question__in=[one.pk for one in asked])
        .values_list("user_id", "question_id", "seed", "content_hash", "given", "score")
    ):
        found[one[1]].append(First(*one))
    scores = scores_in(cohort)
    return [figures_of(one, found[one.pk], scores) for one in asked]


def first_answers(cohort: Cohort) -> Any:
    rows = QuizAnswer.objects.counting().filter(user__in=cohort.learners, number=1)
    return rows.order_by("pk")


def scores_in(cohort: Cohort) -> dict[int, tuple[float, int]]:
    """In all questions of the cohort's courses."""
    rows = first_answers(cohort).filter(question__course__in=cohort.courses.values("pk"))
    sums = rows.order_by().values_list("user_id").annotate(Sum("score"), Count("pk"))
    return {user: (total, number) for user, total, number in sums}


def figures_of(asked: Asked, answers: Sequence[First], scores: Scores) -> QuestionFigures:
    edition = asked.row.content_hash
    return QuestionFigures(
        asked=asked,
        answered=len(answers),
        right=sum(one.score == 1 for one in answers),
        discrimination=discrimination(answers, scores),
        now=[one for one in answers if one.edition == edition],
    )


def discrimination(answers: Iterable[First], scores: Scores) -> float | None:
    """As of labs (`lab_figures.discrimination`): being right at first, and the mean first score in
    all other questions."""
    pairs = []
    for one in answers:
        total, number = scores.get(one.user, (0.0, 0))
        if number > 1:
            pairs.append((float(one.score == 1), (total - one.score) / (number - 1)))
    return correlation(pairs) if len(pairs) >= ENOUGH else None


# --- Mistakes -------------------------------------------------------------------------------------


def mistakes_in(asked: Asked, answers: Iterable[First]) -> Iterator[tuple[object, Remark]]:
    """Each wrong thing of each answer, by a name that is the same whatever was drawn. What was
    drawn alike is read once, and what was answered alike judged once."""
    bodies: dict[str, Body] = {}
    judged: dict[tuple[str, str], Judgement] = {}
    for one in answers:
        drawn = asked.question.values.drawn(chance_of(one.seed))
        name = repr(sorted(drawn.items()))
        if name not in bodies:
            bodies[name] = body_of(asked.question, drawn)
        body, answer = bodies[name], (name, repr(one.given))
        if answer not in judged:
            judged[answer] = body.judge(one.given)
        for remark in wrong_in(judged[answer], asked.question.kind):
            yield name_of(remark, body, asked.question.kind), remark


def wrong_in(judgement: Judgement, kind: str) -> list[Remark]:
    """Who chose one wrong option left out the right one: that is no second mistake."""
    wrong = [remark for remark in judgement.remarks if not remark.is_right]
    return [remark for remark in wrong if remark.is_chosen] if kind in ONE_OF else wrong


def name_of(remark: Remark, body: Body, kind: str) -> object:
    if kind in ("number", "text"):
        reasons = [mistake.reason for mistake in getattr(body, "mistakes", ())]
        return reasons.index(remark.reason) if remark.reason in reasons else "otherwise"
    return (remark.key, remark.given) if kind == "sort" else remark.key


def words(remark: Remark, kind: str) -> str:
    """What was done with the part, beside its text."""
    if kind == "multiple":
        return _("chosen") if remark.is_chosen else _("left out")
    if kind == "order":
        return _("in another place")
    return ""
