"""What happens from outside: messages that are sent, functions that work on them."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.messages.filters.event_filter import Event

ALWAYS = 1_000_000  # failed attempts of a message that never succeeds


@dataclass(frozen=True, slots=True)
class Message:
    """`attributes` and `body` are what filters see. `work`: seconds that a function needs for it;
    `fails`: so many attempts fail, at their end. `to`: the functions and queues that should get
    it."""

    name: str
    at: int
    topic: str = ""
    queue: str = ""
    attributes: Event | None = None
    body: Event | None = None
    work: int = 1
    fails: int = 0
    to: tuple[str, ...] = ()

    @property
    def poison(self) -> bool:
        return self.fails >= ALWAYS


@dataclass(frozen=True, slots=True)
class Outage:
    """Every attempt of the function that would end in this time fails."""

    function: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Function:
    """`concurrency`: so many calls run at once, others wait; `begin`: seconds that a call needs
    before its first message."""

    name: str
    concurrency: int = 1
    begin: int = 1


@dataclass(frozen=True, slots=True)
class Trace:
    """`seconds`: when it is looked at what became of everything. `pollers`: batches that an event
    source mapping holds at once. Lambda Developer Guide: it begins with five."""

    name: str
    seconds: int
    messages: tuple[Message, ...]
    functions: tuple[Function, ...]
    outages: tuple[Outage, ...] = ()
    pollers: int = 5
