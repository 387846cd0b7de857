"""A number. What it could have been by a mistake that one makes is told from other wrong ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from labs.grading.errors import AnswerError
from labs.grading.quiz.arithmetic import NoNumber, Numbers, value_of, written
from labs.grading.quiz.judgement import Form, Given, Judgement, Remark, Shown, typed
from labs.grading.quiz.signs import plain_signs
from labs.grading.said import say
from labs.grading.toml_table import Table

FEWEST = 2
PLACES = 2  # behind the point of an answer
TYPED = re.compile(r"[^\w+\-.,]*([+\-]?)[^\w.,+\-]*([\d.,'’\u00a0\u2009\u202f ]*\d)\s*(.*)", re.S)
BETWEEN = re.compile(r"['’\u00a0\u2009\u202f ]")
GROUPED = r"[1-9]\d{{0,2}}(?:{}\d{{3}})+"
# How whole numbers and fractions are written, and which of their signs only part groups
PLAIN = re.compile(r"\d+|\d*[.,]\d+")
WHOLE = {",": re.compile(GROUPED.format(",")), ".": re.compile(GROUPED.format(r"\."))}
PARTED = {
    ",": re.compile(GROUPED.format(",") + r"\.\d+"),
    ".": re.compile(GROUPED.format(r"\.") + r",\d+"),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    number: Fraction
    reason: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    answer: Fraction
    least: Fraction
    most: Fraction
    unit: str
    reason: str
    otherwise: str
    mistakes: tuple[Mistake, ...]
    is_mixed: bool = False

    @property
    def shown(self) -> Shown:
        return Shown(unit=self.unit)

    def given(self, form: Form) -> Given:
        answer = typed(form)
        if not readings(str(answer["typed"]), self.unit):
            raise AnswerError(say("Type a number, such as {example}.", example="1200"))
        return answer

    def judge(self, given: Given) -> Judgement:
        text = str(given.get("typed", ""))
        numbers = readings(text, self.unit)
        if any(self.least <= number <= self.most for number in numbers):
            return Judgement(1.0, (self.remark(self.reason, text, is_right=True),))
        for mistake in self.mistakes:
            if mistake.number in numbers:
                return Judgement(0.0, (self.remark(mistake.reason, text, code=mistake.code),))
        return Judgement(0.0, (self.remark(self.otherwise, text),))

    def remark(self, reason: str, text: str, *, is_right: bool = False, code: str = "") -> Remark:
        return Remark(reason, is_right, given=text, right=written(self.answer), code=code)

    def right(self) -> Given:
        return {"typed": written(self.answer)}

    def wrong(self) -> tuple[Given, ...]:
        return tuple({"typed": written(one.number)} for one in self.mistakes)

    def doubts(self) -> tuple[str, ...]:
        return tuple(self.said())

    def said(self) -> Iterator[str]:
        if (self.answer * 10**PLACES).denominator != 1:
            yield f"the answer is {written(self.answer)}: more than {PLACES} places"
        if not self.least <= self.answer <= self.most:
            yield "the answer does not lie between least and most"
        if len(self.mistakes) < FEWEST:
            yield f"needs {FEWEST} mistakes that one makes"
        for one in self.mistakes:
            if self.least <= one.number <= self.most:
                yield f"the mistake {written(one.number)} is a right answer"


def readings(text: str, unit: str) -> set[Fraction]:
    """What a text may mean as a number: `1.200` is two things to people of two countries, `5,9` is
    one. Empty where it is none."""
    match = TYPED.fullmatch(plain_signs(text).strip().removesuffix("."))
    if match is None or not is_unit(match[3], unit):
        return set()
    digits = BETWEEN.sub("", match[2])
    found = {digits} if PLAIN.fullmatch(digits) else set()
    for between in WHOLE:
        if WHOLE[between].fullmatch(digits) or PARTED[between].fullmatch(digits):
            found.add(digits.replace(between, ""))
    sign = -1 if match[1] == "-" else 1
    return {sign * Fraction(one.replace(",", ".")) for one in found}


def is_unit(text: str, unit: str) -> bool:
    """Nothing, the unit, or its beginning: `s` for seconds."""
    left = text.strip().strip(".").casefold()
    return unit.casefold().startswith(left)


def read_counting(table: Table, numbers: Numbers) -> Counting:
    answer = read_number(table, "answer", numbers)
    known = {**numbers, "answer": answer}
    return Counting(
        answer=answer,
        least=read_number(table, "least", known, answer),
        most=read_number(table, "most", known, answer),
        unit=table.text("unit", ""),
        reason=table.text("reason"),
        otherwise=table.text("otherwise"),
        mistakes=tuple(
            Mistake(read_number(one, "answer", known), one.text("reason"), one.text("code", ""))
            for one in table.tables("mistakes")
        ),
    )


def read_number(
    table: Table, key: str, numbers: Numbers, default: Fraction | None = None
) -> Fraction:
    text = table.value(key, None)
    if text is None and default is not None:
        return default
    if text is None or isinstance(text, bool):
        raise table.error(key, "is missing" if text is None else "is not a number")
    try:
        return value_of(str(text), numbers)
    except NoNumber as error:
        raise table.error(key, str(error)) from error
