"""One option, or several. Of several: each right one counts, each wrong one takes one away again,
and nothing is less than nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from labs.grading.errors import AnswerError
from labs.grading.quiz.judgement import Form, Given, Judgement, Part, Remark, Shown
from labs.grading.quiz.keys import key_of
from labs.grading.said import say
from labs.grading.toml_table import Table

FEWEST = 3
MOST = 6


@dataclass(frozen=True, slots=True)
class Option:
    part: Part
    reason: str
    is_right: bool
    code: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    options: tuple[Option, ...]
    several: bool
    is_mixed: bool = True

    @property
    def shown(self) -> Shown:
        return Shown(parts=tuple(option.part for option in self.options))

    @property
    def keys(self) -> set[str]:
        return {option.part.key for option in self.options if option.part.key}

    def given(self, form: Form) -> Given:
        chosen = list(dict.fromkeys(key for key in form.get("chosen", ()) if key in self.keys))
        if not chosen:
            raise AnswerError(say("Choose an answer first."))
        return {"chosen": chosen if self.several else chosen[:1]}

    def judge(self, given: Given) -> Judgement:
        chosen = {str(key) for key in listed(given.get("chosen"))}
        right = {option.part.key for option in self.options if option.is_right}
        score = max(0, len(chosen & right) - len(chosen & self.keys - right)) / len(right)
        return Judgement(score, tuple(self.remarks(chosen)))

    def remarks(self, chosen: set[str]) -> Iterator[Remark]:
        """About every option: what was left out is worth its reason, too."""
        for option in self.options:
            is_chosen = option.part.key in chosen
            yield Remark(
                option.reason,
                is_right=is_chosen == option.is_right,
                text=option.part.text,
                is_chosen=is_chosen,
                key=option.part.key,
                code=option.code if is_chosen and not option.is_right else "",
            )

    def right(self) -> Given:
        return {"chosen": [option.part.key for option in self.options if option.is_right]}

    def wrong(self) -> tuple[Given, ...]:
        wrong = [option.part.key for option in self.options if not option.is_right]
        left_out: list[Given] = [{"chosen": []}] if self.several else []
        return (*({"chosen": [key]} for key in wrong), *left_out)

    def doubts(self) -> tuple[str, ...]:
        right = sum(option.is_right for option in self.options)
        doubts = []
        if not FEWEST <= len(self.options) <= MOST:
            doubts.append(f"needs {FEWEST} to {MOST} options")
        if len(self.keys) < len(self.options):
            doubts.append("two options say the same")
        if not self.several and right != 1:
            doubts.append(f"has {right} right options, not one")
        if self.several and not 0 < right < len(self.options):
            doubts.append("needs a right option and a wrong one")
        return tuple(doubts)


def listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def read_single(table: Table) -> Choosing:
    return Choosing(tuple(read_options(table)), several=False)


def read_multiple(table: Table) -> Choosing:
    return Choosing(tuple(read_options(table)), several=True)


def read_options(table: Table) -> Iterator[Option]:
    for option in table.tables("options"):
        text, is_right = option.text("text"), option.flag("right")
        code = option.text("code", "")
        if code and is_right:
            raise option.error("code", "a right option shows no mistake")
        yield Option(
            Part(option.text("key", key_of(text)), text), option.text("reason"), is_right, code
        )
