"""A word or a line that is typed: `us-east-1`, `aws --version`, a port's name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from labs.grading.quiz.judgement import Form, Given, Judgement, Remark, Shown, typed
from labs.grading.quiz.signs import plain_signs
from labs.grading.toml_table import Table

QUOTES = "\"'`“”„‘’«»"


@dataclass(frozen=True, slots=True)
class WrongName:
    accept: tuple[str, ...]
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    accept: tuple[str, ...]  # the first is shown as the right one
    case_counts: bool
    reason: str
    otherwise: str
    mistakes: tuple[WrongName, ...]
    is_mixed: bool = False

    @property
    def shown(self) -> Shown:
        return Shown()

    def given(self, form: Form) -> Given:
        return typed(form)

    def judge(self, given: Given) -> Judgement:
        text = str(given.get("typed", ""))
        if self.is_one_of(text, self.accept):
            return Judgement(1.0, (self.remark(self.reason, text, is_right=True),))
        for mistake in self.mistakes:
            if self.is_one_of(text, mistake.accept):
                return Judgement(0.0, (self.remark(mistake.reason, text, code=mistake.code),))
        return Judgement(0.0, (self.remark(self.otherwise, text),))

    def remark(self, reason: str, text: str, *, is_right: bool = False, code: str = "") -> Remark:
        return Remark(reason, is_right, given=text, right=self.accept[0], code=code)

    def is_one_of(self, text: str, names: tuple[str, ...]) -> bool:
        return self.canonical(text) in {self.canonical(name) for name in names}

    def canonical(self, text: str) -> str:
        """Without what people type around a name: blanks, quotes, a prompt, a full stop."""
        plain = " ".join(plain_signs(text).split()).removeprefix("$ ")
        plain = re.sub(r"\.$", "", plain.strip(QUOTES + " ")).strip(QUOTES + " ")
        return plain if self.case_counts else plain.casefold()

    def right(self) -> Given:
        return {"typed": self.accept[0]}

    def wrong(self) -> tuple[Given, ...]:
        return tuple({"typed": name} for one in self.mistakes for name in one.accept)

    def doubts(self) -> tuple[str, ...]:
        doubts = [
            f"the mistake {name!r} is a right answer"
            for one in self.mistakes
            for name in one.accept
            if self.is_one_of(name, self.accept)
        ]
        if not self.mistakes:
            doubts.append("needs a mistake that one makes")
        return tuple(doubts)


def read_naming(table: Table) -> Naming:
    accept = table.texts("accept")
    if not accept:
        raise table.error("accept", "is empty")
    return Naming(
        accept=accept,
        case_counts=table.flag("case"),
        reason=table.text("reason"),
        otherwise=table.text("otherwise"),
        mistakes=tuple(
            WrongName(one.texts("accept"), one.text("reason"), one.text("code", ""))
            for one in table.tables("mistakes")
        ),
    )
