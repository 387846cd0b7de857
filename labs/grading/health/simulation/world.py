"""A recorded log: what targets answer over time, who visits, what a deployment replaces. All times
are whole seconds from the log's begin, those of a target's phases from its own registration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from labs.grading.said import Said, say

NEVER = 10**6  # seconds
ELSE = "*"  # every path that a phase does not name
WHO = {
    "visitor": say("visitor {number}"),
    "shopper": say("shopper {number}"),
    "upload": say("upload {number}"),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """What comes back and after how many seconds. Status 0: no connection, or no answer at all."""

    status: int
    seconds: int = 0

    @property
    def serves(self) -> bool:
        """Does a user get what they came for?"""
        return 0 < self.status < 500


NOT_FOUND = Reply(404)


@dataclass(frozen=True, slots=True)
class Phase:
    at: int
    replies: Mapping[str, Reply]

    def reply(self, path: str) -> Reply:
        """Of a path without its query."""
        found = self.replies.get(path.partition("?")[0])
        return found or self.replies.get(ELSE, NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Target:
    """`registers`: at which second, or before the log began (-1), in which case it begins in
    service; None: when the deployment says so. `phases` in order, the first at 0."""

    name: str
    registers: int | None
    phases: tuple[Phase, ...]

    def phase(self, age: int) -> Phase:
        return next(one for one in reversed(self.phases) if one.at <= age or one.at == 0)


@dataclass(frozen=True, slots=True)
class Visitors:
    """`count` people, who come `apart` seconds after each other; each makes `times` requests, one
    `every` so many seconds, which take `seconds`. `session`: for so long what they put into memory
    stays with the target that answered; 0 if it is kept elsewhere."""

    kind: str
    count: int
    first: int
    apart: int
    every: int
    times: int
    seconds: int
    session: int

    def visits(self) -> Iterator[Visit]:
        for number in range(self.count):
            who = Said(WHO[self.kind].template, {"number": number + 1})
            begin = self.first + number * self.apart
            for turn in range(self.times):
                yield Visit(begin + turn * self.every, who, self.seconds, self.session)


@dataclass(frozen=True, slots=True)
class Visit:
    second: int
    who: Said
    seconds: int
    session: int


@dataclass(frozen=True, slots=True)
class Deployment:
    """One target after the other: the new one is registered; when it is healthy the old one is
    deregistered; when that is unused it stops, and the next begins."""

    start: int
    swaps: tuple[tuple[str, str], ...]  # old and new


@dataclass(frozen=True, slots=True)
class Log:
    """`page`: what users ask for. `renews`: does every answer renew the visitor's cookie?"""

    name: str
    seconds: int
    page: str
    targets: tuple[Target, ...]
    visitors: tuple[Visitors, ...]
    deployment: Deployment | None = None
    leaves: tuple[tuple[int, str], ...] = ()  # deregistered at a second, then stopped
    renews: bool = True

    def visits(self) -> list[Visit]:
        """In order, as far as the log goes."""
        found = [one for group in self.visitors for one in group.visits()]
        return sorted(
            (one for one in found if one.second < self.seconds), key=lambda one: one.second
        )
