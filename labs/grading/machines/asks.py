"""What a lab asks of something that was observed: one field of it, and which values are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.listing import listed_with_or
from labs.grading.said import say
from labs.grading.toml_table import Table

Value = str | int | None  # None: there is no such thing
WORDS: Mapping[str, str] = {
    "yes": say("yes"),
    "no": say("no"),
    "program": say("the program"),
    "shell": say("a shell"),
    "healthy": say("healthy"),
    "unhealthy": say("unhealthy"),
}
MOST = 10**6
MOST_POINTS = 1000
MOST_ASKS = 40


@dataclass(frozen=True, slots=True)
class Ask:
    """Right is a value among `wanted`, or a text that contains `contains`, or a number from `least`
    to `most`: whichever the author gave. `unit` stands behind a number. `told`: may a learner read
    what was expected? Where the task is to find it, no."""

    name: str
    field: str
    points: int
    hidden: bool
    wanted: tuple[str, ...] = ()
    contains: str = ""
    least: int | None = None
    most: int | None = None
    unit: str = ""
    told: bool = True

    def holds(self, value: Value) -> bool:
        if self.wanted:
            return shown(value) in self.wanted
        if self.contains:
            return isinstance(value, str) and self.contains in value
        if not isinstance(value, int):
            return False
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    @property
    def expected(self) -> str:
        """In words; "" where it is not told."""
        if not self.told:
            return ""
        if self.wanted:
            return listed_with_or([WORDS.get(one, one) for one in self.wanted])
        if self.contains:
            return say("contains {text}", text=self.contains)
        if self.least == self.most:
            return self.with_unit(str(self.least))
        if self.most is None:
            return say("at least {number}", number=self.with_unit(str(self.least)))
        if self.least is None:
            return say("at most {number}", number=self.with_unit(str(self.most)))
        return say("{least} to {most}", least=str(self.least), most=self.with_unit(str(self.most)))

    def with_unit(self, text: str) -> str:
        return f"{text} {self.unit}" if self.unit else text

    def actual(self, value: Value) -> str:
        if value is None:
            return say("nothing")
        return self.with_unit(shown(value)) if isinstance(value, int) else WORDS.get(value, value)


def shown(value: Value) -> str:
    return "" if value is None else str(value)


def read_asks(spec: Table, judge: Callable[[Table, str], None]) -> tuple[Ask, ...]:
    """`[[spec.checks]]`. `judge`: SpecError for a field that there is not."""
    asks = tuple(read_ask(one, judge) for one in spec.tables("checks"))
    if not 0 < len(asks) <= MOST_ASKS:
        raise SpecError(f"lab.toml: spec.checks: are 1 to {MOST_ASKS}")
    return asks


def read_ask(table: Table, judge: Callable[[Table, str], None]) -> Ask:
    field = table.text("field")
    judge(table, field)
    one = table.value("is", None)
    wanted = (one,) if isinstance(one, str) else table.texts("is") if one is not None else ()
    ask = Ask(
        name=table.text("name"),
        field=field,
        points=table.number("points", 1, least=1, most=MOST_POINTS),
        hidden=table.flag("hidden"),
        wanted=wanted,
        contains=table.text("contains", ""),
        least=table.number("least", most=MOST) if "least" in table.values else None,
        most=table.number("most", most=MOST) if "most" in table.values else None,
        unit=table.text("unit", ""),
        told=table.flag("told", True),
    )
    if not (ask.wanted or ask.contains) and ask.least is None and ask.most is None:
        raise table.error("", "says none of is, contains, least and most")
    return ask


def code_of(field: str, codes: Mapping[str, str]) -> str:
    """The code of a field goes by the longest beginning of its name that has one:
    `disk:root:size` by `disk`."""
    parts = field.split(":")
    names: Iterable[str] = (":".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((codes[name] for name in names if name in codes), "")
