"""Why an answer was not taken. No attempt was used, and what was typed is still there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from labs.grading.errors import AnswerError
from labs.language import in_language


class TooMany(Exception):
    """More in a minute than we check, or keep."""


class TooManyOpen(TooMany):
    """The last ones wait still: one person's answers must not be the queue of everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    title: str
    text: str
    unreadable: bool = False
    status: int = 429  # of the whole page; htmx swaps only what comes with 200
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> str:
        if self.line is None:
            return ""
        words = _("Line %(line)d, column %(column)d")
        return words % {"line": self.line, "column": self.column or 1}

    @property
    def news(self) -> str:
        """For a screen reader's status region."""
        return f"{self.title}. {self.place}: {self.text}" if self.place else self.title


def slower(text: str) -> Refusal:
    return Refusal(title=_("A little slower, please"), text=text)


def refusal_of(error: AnswerError | TooMany) -> Refusal:
    if isinstance(error, AnswerError):
        return Refusal(
            title=_("We cannot read this answer"),
            text=in_language(error.message),
            unreadable=True,
            status=200,
            line=error.line,
            column=error.column,
        )
    if isinstance(error, TooManyOpen):
        return Refusal(
            title=_("Your last answers are still being checked"),
            text=_(
                "Nothing is lost: your text is still there. Hand it in again when one of them has "
                "its verdict."
            ),
        )
    return slower(
        _(
            "You handed in many answers within a minute. Nothing is lost: your text is still "
            "there. Try again in a moment."
        )
    )
