"""What is said of an answer: how much of it is right, and a reason for each part of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from labs.grading.errors import AnswerError
from labs.grading.said import say

# What a form sent: each field with all that was sent of that name
Form = Mapping[str, Sequence[str]]
# An answer as a row keeps it: `chosen`, `order` or `typed`, or an item's key with its box
Given = Mapping[str, object]

LONGEST_TYPED = 200


@dataclass(frozen=True, slots=True)
class Part:
    """An option, an item, a step, a line or a box. Without a key it cannot be chosen."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What can be answered with."""

    parts: tuple[Part, ...] = ()
    boxes: tuple[Part, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one part. `given` is what the learner made of it, `right` what it should
    be, where that is not the part itself."""

    reason: str
    is_right: bool
    text: str = ""
    given: str = ""
    right: str = ""
    is_chosen: bool = False
    key: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` from 0 to 1; the remarks in the order in which they are read."""

    score: float
    remarks: tuple[Remark, ...]

    @property
    def is_right(self) -> bool:
        return self.score == 1

    @property
    def codes(self) -> tuple[str, ...]:
        """The misconceptions that it shows, each once."""
        return tuple(dict.fromkeys(one.code for one in self.remarks if one.code))


class Body(Protocol):
    """What a kind of question is, with everything drawn and put in."""

    @property
    def shown(self) -> Shown: ...  # what can be answered with, as the author ordered it

    @property
    def is_mixed(self) -> bool: ...  # whether a page shows the parts in another order each time

    # A form → an answer; AnswerError where there is none.
    def given(self, form: Form) -> Given: ...

    # `given` may be of an earlier edition: what is no longer there counts for nothing.
    def judge(self, given: Given) -> Judgement: ...

    def right(self) -> Given: ...  # an answer that scores full

    def wrong(self) -> tuple[Given, ...]: ...  # for each wrong part one that shows its reason

    def doubts(self) -> tuple[str, ...]: ...  # what its author has to mend, in sentences


def only(form: Form, name: str) -> str:
    """What was sent of a field; the empty text where nothing was."""
    return next(iter(form.get(name, ())), "")


def typed(form: Form) -> Given:
    """A line of text; AnswerError where there is none."""
    text = only(form, "typed").replace("\0", "").strip()
    if not text:
        raise AnswerError(say("Type an answer first."))
    if len(text) > LONGEST_TYPED:
        raise AnswerError(say("That is longer than {most} characters.", most=LONGEST_TYPED))
    return {"typed": text}
