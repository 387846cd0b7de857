"""Questions as pages show them."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from labs.grading.quiz.judgement import Remark
from labs.quiz.practice import topics_in
from labs.quiz.sheets import sheet_of
from labs.quiz.standing import Mark
from lessons.editions import Edition
from lessons.models import Lesson
from lessons.templatetags.pieces import kept

register = template.Library()


@register.simple_tag
def lesson_questions(lesson: Lesson) -> SafeString:
    """That a lesson asks something: the same for all its readers, and no query. How one stands is
    fetched when one has read as far."""
    total = len(sheet_of(lesson.course_id, lesson.course.edition).of(lesson))
    return kept("quiz/_in_lesson.html", lesson=lesson, total=total)


@register.filter
def has_practice(edition: Edition) -> bool:
    """Whether there are tasks without end for what the course teaches."""
    return any(topics_in(edition))


@register.filter
def mark_name(mark: Mark) -> str:
    names = {
        Mark.OPEN: _("not answered yet"),
        Mark.RIGHT: _("right"),
        Mark.WRONG: _("not right yet"),
    }
    return names[mark]


@register.filter
def remark_mark(remark: Remark, kind: str) -> str:
    """Nothing of the options of one that nobody chose and nobody should."""
    if kind in ("single", "line") and remark.is_right and not remark.is_chosen:
        return ""
    is_shown_right = kind in ("single", "line") and not remark.is_chosen
    return Mark.RIGHT if remark.is_right or is_shown_right else Mark.WRONG


@register.filter
def remark_tone(remark: Remark, kind: str) -> str:
    return {"": "", Mark.RIGHT: "ok", Mark.WRONG: "bad"}[remark_mark(remark, kind)]


@register.filter
def remark_words(remark: Remark, kind: str) -> str:
    """What the learner made of the part, and what it should be."""
    words = {"sort": sorted_words, "order": ordered_words, "multiple": picked_words}
    return words.get(kind, chosen_words)(remark)


def chosen_words(remark: Remark) -> str:
    if remark.is_chosen:
        return _("Yours: right") if remark.is_right else _("Yours: not right")
    return _("Not this one") if remark.is_right else _("This one")


def picked_words(remark: Remark) -> str:
    if remark.is_chosen:
        return _("Chosen: right") if remark.is_right else _("Chosen: not right")
    return _("Left out: right") if remark.is_right else _("Left out: belongs to it")


def sorted_words(remark: Remark) -> str:
    if remark.is_right:
        return remark.given
    return _("%(right)s, not %(given)s") % {"right": remark.right, "given": remark.given or "–"}


def ordered_words(remark: Remark) -> str:
    if remark.is_right:
        return _("Step %(right)s") % {"right": remark.right}
    return _("Step %(right)s, not %(given)s") % {
        "right": remark.right,
        "given": remark.given or "–",
    }
