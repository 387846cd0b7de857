"""What other apps' pages show of labs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labs import kept_verdicts
from labs.grading.tries.kind import Mark, Tone
from labs.lab_cards import card
from labs.lab_state import LabState
from labs.language import in_language
from labs.mastery import LessonStanding, Stage, checked_by, sign, stages_in
from labs.models import Lab
from labs.progress import states_of
from labs.quiz.sheets import sheet_of
from labs.shelves import Shelf, home_of, shelf_of
from labs.tries import Shown, parts_of, tries_of
from labs.verdicts import Verdict
from lessons.models import Course, Lesson
from lessons.templatetags.pieces import NOTHING, filled, kept, once, piece_of

register = template.Library()
LONG_WORD = 24  # characters


@register.simple_tag(takes_context=True)
def lesson_labs(context: template.Context, lesson: Lesson) -> SafeString:
    """The labs that are at home in a lesson, with the reader's state. One query, none where there
    is no lab, or where the page knows already how its reader stands."""
    stands = context.get("stands") or LessonStanding(lesson, context["request"].user)
    if not stands.labs:
        return NOTHING
    cards = [card(own.lab, own.progress, level=3) for own in stands.labs]
    with context.push(lab_cards=mark_safe("".join(cards))):  # noqa: S308 - rendered by a template
        return filled(piece_of("labs/_lesson_labs.html", {}), context)


class BesideLessons(NamedTuple):
    """What fills the holes of a course's pieces, by the lesson's key: the labs at home in it, and
    how far its reader is."""

    labs: dict[str, SafeString]
    signs: dict[str, SafeString]


@register.simple_tag(takes_context=True)
def beside_lessons(context: template.Context, course: Course) -> BesideLessons:
    """Two queries at most: labs, and checks where the course asks something. `read` of the page
    are the keys of lessons that were read."""
    user, key = context["request"].user, (course.pk, course.edition)
    shelf, read = shelf_of(*key), context.get("read") or frozenset()
    states = states_of(user, shelf.keys)
    checked = checked_by(user) if sheet_of(*key).lessons else frozenset()
    stages = stages_in(key, read=read, checked=checked, states=states)
    signs = {stage: sign(stage) for stage in Stage}
    begun = {home for lab in states if (home := home_of(shelf.by_key[lab]))}
    return BesideLessons(
        beside_all(shelf) | {str(one): beside(shelf.by_home[one], states) for one in begun},
        {str(lesson): signs[stage] for lesson, stage in stages.items()},
    )


@once
def beside_all(shelf: Shelf) -> dict[str, SafeString]:
    """For a reader who has begun none."""
    return {str(lesson): beside(labs, {}) for lesson, labs in shelf.by_home.items()}


def beside(labs: Iterable[Lab], states: Mapping[int, LabState]) -> SafeString:
    rows = [
        kept("labs/_beside.html", lab=lab, state=states.get(lab.pk, LabState.NEW)) for lab in labs
    ]
    return mark_safe("".join(rows))  # noqa: S308 - rendered by a template


@register.simple_tag
def verdict_part(name: str, verdict: Verdict) -> SafeString:
    """A template that is given a verdict alone, kept while that stays as it is."""
    submission = verdict.submission
    if verdict.report is None:  # open, or a fault
        return render_to_string(name, {"verdict": verdict})
    key = (
        name,
        get_language(),
        submission.grade_id,
        (verdict.report.abridged, bool(verdict.report.findings)),  # what time or erasing took away
        submission.lab.course.edition,  # titles and addresses of lessons
        submission.change_shown_at is None,
        verdict.reveal,
        verdict.before and verdict.before.pk,  # what is drawn beside it
        verdict.decision is not None and verdict.decision.reason != "",
    )
    return kept_verdicts.kept(key, lambda: render_to_string(name, {"verdict": verdict}))


@register.filter
def cut_at_tries(html: str, tries: Mapping[str, Shown]) -> Iterator[tuple[str, Shown | None]]:
    return parts_of(html, tries)


@register.filter
def its_tries(lesson: Lesson) -> dict[str, Shown]:
    """What can be tried in a lesson's text, by slug."""
    return tries_of(lesson)


@register.filter
def has_long_word(text: str) -> bool:
    """One that a narrow column cannot hold: an address, a name with its account."""
    return any(len(word) >= LONG_WORD for word in text.split())


@register.filter
def mark_words(mark: Mark) -> str:
    return MARKS[mark]()


@register.filter
def mark_tone(mark: Mark, tone: Tone) -> str:
    """What decides is shown as what it decided."""
    return tone if mark is Mark.DECIDES else "info" if mark is Mark.MATCHES else "quiet"


MARKS = {
    Mark.DECIDES: lambda: _("decides"),
    Mark.MATCHES: lambda: _("fits"),
    Mark.PASSES_BY: lambda: _("does not fit"),
    Mark.UNSEEN: lambda: _("not looked at"),
}


register.filter(in_language)  # an engine's words, where no mark of their language fits


@register.filter
def lines(text: str) -> list[str]:
    """As they are numbered: by line feeds alone (str.splitlines would also break at odd
    characters)."""
    return text.split("\n")


@register.simple_tag
def numbered_lines(text: str, marked: Collection[int]) -> SafeString:
    """Each with an address of its own; `marked` are those that something is said about, if any."""
    mark, those = mark_safe(" data-marked"), marked or ()
    rows = (
        (number, mark if number in those else "", line)
        for number, line in enumerate(lines(text), 1)
    )
    return format_html_join("", '<span class="line" id="L{}"{}>{}\n</span>', rows)


@register.filter
def said(text: str) -> str:
    """An engine's words in the reader's language; marked as English where they stay so."""
    words = in_language(text)
    if words != text or get_language() == "en":
        return words
    return format_html('<span lang="en">{}</span>', words)
