"""Rows of a plan in their reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lessons.matching import NewSection, OldSection
from lessons.questions import Question
from lessons.sync import CoursePlan
from portal.authoring.planning import name_of

KINDS = {
    "added": (gettext_lazy("added"), "ok"),
    "revived": (gettext_lazy("back from the archive"), "ok"),
    "changed": (gettext_lazy("changed"), "info"),
    "renamed": (gettext_lazy("renamed"), "info"),
    "moved": (gettext_lazy("moved"), "info"),
    "split": (gettext_lazy("split off"), "info"),
    "merged": (gettext_lazy("merged"), "warn"),
    "removed": (gettext_lazy("removed"), "bad"),
    "layout": (gettext_lazy("arrangement, notes or layout only"), "quiet"),
    "order": (gettext_lazy("follow their sections in the order"), "quiet"),
    "rule": (gettext_lazy("judges anew"), "warn"),
    "kind": (gettext_lazy("another kind of task"), "bad"),
    "course": (gettext_lazy("goes to another course"), "bad"),
    "variant": (gettext_lazy("a variant is gone"), "bad"),
    "translated": (gettext_lazy("translation"), "info"),
}
WHATS = {
    "course": gettext_lazy("Course"),
    "lesson": gettext_lazy("Lesson"),
    "section": gettext_lazy("Section"),
    "glossary": gettext_lazy("Glossary"),
    "lab": gettext_lazy("Lab"),
    "labs": gettext_lazy("Labs"),
    "questions": gettext_lazy("Questions"),
}


@dataclass(frozen=True, slots=True)
class ShownRow:
    what: str
    kinds: list[tuple[str, str]]  # words and tone
    before: str
    after: str  # nothing where the title stays
    where: str
    facts: list[str]
    is_loss: bool
    left_out: list[str]  # of translations, with file and key


@dataclass(frozen=True, slots=True)
class ShownCourse:
    title: str
    rows: list[ShownRow]


def shown_courses(rows: Iterable[dict[str, Any]]) -> list[ShownCourse]:
    ordered = sorted(rows, key=lambda row: str(row["course"]))
    return [
        ShownCourse(title, [shown(row) for row in group])
        for title, group in groupby(ordered, key=lambda row: str(row["course"]))
    ]


def shown(row: dict[str, Any]) -> ShownRow:
    before, after = " + ".join(row["before"]), " + ".join(row["after"])
    if row["what"] == "labs":
        before = str(row["labs"])
    is_same = before == after or ("removed" in row["kinds"] and not after)
    return ShownRow(
        what=str(WHATS[row["what"]]),
        kinds=[(str(KINDS[kind][0]), KINDS[kind][1]) for kind in row["kinds"]],
        before=before or after,
        after="" if is_same or not before else after,
        where=" → ".join(row["where"]),
        facts=list(facts_of(row)),
        is_loss=row["is_loss"],
        left_out=row.get("left_out", []),  # changes from before there were any
    )


def facts_of(row: dict[str, Any]) -> Iterator[str]:
    """What of learners' work hangs on it, and what becomes of that."""
    if row["what"] == "lesson":
        yield from lesson_facts(row)
    elif row["what"] == "section" and row["before"]:
        yield completed_by(row["completed"])
        yield from margins_of(row)
    elif row["what"] == "glossary":
        yield ngettext("%d word", "%d words", row["terms"]) % row["terms"]
    elif row["what"] == "questions":
        yield from question_facts(row)
    if row["labs"] and row["what"] != "labs":
        labs = ngettext("%d lab belongs to it", "%d labs belong to it", row["labs"]) % row["labs"]
        yield f"{labs}: {work_in(row)}"
    elif row["what"] == "lab" and row["before"]:
        yield work_in(row)


def question_facts(row: dict[str, Any]) -> Iterator[str]:
    number, answered = row["questions"], row["answered"]
    yield ngettext("%d question", "%d questions", number) % number
    if answered:
        told = ngettext(
            "%d learner answered them and keeps what that came to",
            "%d learners answered them and keep what that came to",
            answered,
        )
        yield told % answered


def margins_of(row: dict[str, Any]) -> Iterator[str]:
    number = row["margins"]
    if number:
        yield (
            ngettext(
                "%d bookmark or note stays with it", "%d bookmarks or notes stay with it", number
            )
            % number
        )


def lesson_facts(row: dict[str, Any]) -> Iterator[str]:
    whole, partly, kinds = row["whole"], row["partly"], row["kinds"]
    if "merged" in kinds:
        yield (
            ngettext(
                "%d learner completed all of it and keeps it completed",
                "%d learners completed all of it and keep it completed",
                whole,
            )
            % whole
        )
        if partly:
            yield (
                ngettext(
                    "%d learner completed a part: open again for them; what they did is archived",
                    "%d learners completed a part: open again for them; what they did is archived",
                    partly,
                )
                % partly
            )
    elif "split" in kinds or len(row["before"]) > 1:
        yield (
            ngettext(
                "%d learner completed what it was and keeps this completed",
                "%d learners completed what it was and keep this completed",
                whole,
            )
            % whole
        )
    elif row["before"]:
        yield completed_by(row["completed"])
        yield from stopped_in(row)


def stopped_in(row: dict[str, Any]) -> Iterator[str]:
    stopped = row["stopped"]
    if stopped:
        yield ngettext("%d learner stopped there", "%d learners stopped there", stopped) % stopped
    if row["is_loss"]:
        yield _("kept, but no longer shown")


def completed_by(number: int) -> str:
    if not number:
        return _("completed by nobody")
    return ngettext("completed by %d learner", "completed by %d learners", number) % number


def work_in(row: dict[str, Any]) -> str:
    drafts = ngettext("%d draft", "%d drafts", row["drafts"]) % row["drafts"]
    scores = ngettext("%d score", "%d scores", row["scores"]) % row["scores"]
    return f"{drafts}, {scores}"


# --- Questions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    lesson: str
    percent: int
    is_checked: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    name: str
    what: str
    title: str
    lesson: str
    choices: list[Choice]
    is_answered: bool
    is_new: bool  # is what it is taken for

    @property
    def answer(self) -> str:
        return next((one.value for one in self.choices if one.is_checked), "")


def shown_question(plan: CoursePlan, question: Question) -> ShownQuestion:
    new = question.new
    choices = [
        Choice(
            value=one.old.slug,
            title=one.old.title,
            lesson=one.old.lesson if isinstance(one.old, OldSection) else "",
            percent=one.percent,
            is_checked=one.old.slug == question.chosen,
        )
        for one in question.candidates
    ]
    return ShownQuestion(
        name=name_of(plan.slug, question),
        what=str(WHATS["lesson" if question.is_of_lesson else "section"]),
        title=new.title,
        lesson=new.lesson if isinstance(new, NewSection) else "",
        choices=choices,
        is_answered=question.is_answered,
        is_new=not any(one.is_checked for one in choices),
    )
