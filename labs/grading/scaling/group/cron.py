"""The five fields of a scheduled action's `Recurrence`.

Source: EC2 Auto Scaling User Guide, "Scheduled scaling" ("Recurring schedules"): minute, hour, day
of month, month, day of week, in the format of crontab; UTC unless a time zone is given.
As in crontab, a day fits when either of its two fields does, where both are given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from labs.grading.said import say

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
PART = re.compile(r"(\*|\w{1,3})(?:-(\w{1,3}))?(?:/(\d{1,2}))?")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    least: int
    most: int
    words: Sequence[str] = ()

    def number(self, word: str) -> int:
        """ValueError: no value of this field."""
        if word.upper() in self.words:
            return self.least + self.words.index(word.upper())
        value = int(word) if word.isascii() and word.isdigit() else -1
        if not self.least <= value <= self.most:
            raise ValueError(
                say(
                    "“{word}” is no {field}: {least} to {most}.",
                    word=word,
                    field=self.name,
                    least=self.least,
                    most=self.most,
                )
            )
        return value

    def values(self, text: str) -> frozenset[int]:
        return frozenset(value for part in text.split(",") for value in self.part(part))

    def part(self, text: str) -> range:
        found = PART.fullmatch(text)
        if found is None or (found[1] == "*" and found[2]):
            message = say("“{text}” cannot be read as {field}.", text=text[:20], field=self.name)
            raise ValueError(message)
        step = int(found[3] or 1)
        first = self.least if found[1] == "*" else self.number(found[1])
        alone = found[2] is None and found[1] != "*" and found[3] is None
        last = first if alone else self.number(found[2]) if found[2] else self.most
        if step < 1 or last < first:
            raise ValueError(
                say("“{text}” of {field} holds no value.", text=text[:20], field=self.name)
            )
        return range(first, last + 1, step)


FIELDS = (
    Field(say("minute"), 0, 59),
    Field(say("hour"), 0, 23),
    Field(say("day of the month"), 1, 31),
    Field(say("month"), 1, 12, MONTHS),
    Field(say("day of the week"), 0, 7, DAYS),  # Sunday is 0 and 7
)


@dataclass(frozen=True, slots=True)
class Cron:
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # Sunday is 0
    any_day: bool
    any_weekday: bool

    def fits(self, moment: datetime) -> bool:
        """Does it run in this minute of the local clock?"""
        return (
            moment.minute in self.minutes
            and moment.hour in self.hours
            and moment.month in self.months
            and self.fits_day(moment)
        )

    def fits_day(self, moment: datetime) -> bool:
        day, weekday = moment.day in self.days, moment.isoweekday() % 7 in self.weekdays
        return (day and weekday) if self.any_day or self.any_weekday else (day or weekday)


def read_cron(text: str) -> Cron:
    """ValueError says what is wrong in a sentence."""
    if text.lstrip().startswith(("cron(", "rate(", "at(")):
        raise ValueError(
            say("This is the form of EventBridge; Recurrence has five fields and no brackets.")
        )
    fields = text[:LONGEST].split()
    if len(fields) != len(FIELDS):
        raise ValueError(
            say(
                "Recurrence has five fields: minute, hour, day, month, weekday. Here are {number}.",
                number=len(fields),
            )
        )
    values = [field.values(part) for field, part in zip(FIELDS, fields, strict=True)]
    minutes, hours, days, months, weekdays = values
    return Cron(
        minutes,
        hours,
        days,
        months,
        frozenset(day % 7 for day in weekdays),
        any_day=fields[2].startswith("*"),
        any_weekday=fields[4].startswith("*"),
    )
