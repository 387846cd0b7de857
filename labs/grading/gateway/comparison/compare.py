"""Does an API do with every request what another one does? If not, the smallest requests that show
it: one that gets in and must not, and one that must get somewhere and does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from labs.grading.gateway.comparison.callers import callers_of
from labs.grading.gateway.comparison.paths import Path, paths_of
from labs.grading.gateway.routes.cors import STAR
from labs.grading.gateway.routes.key import METHODS
from labs.grading.gateway.routes.model import Api, Route, Surroundings
from labs.grading.gateway.routing.decision import (
    SERVED,
    STOPPED,
    UNSURE,
    Preflight,
    Result,
    answered_by,
    asked_by,
    of_method,
    preflight,
    refusal_of,
    result_of,
    staged,
)
from labs.grading.gateway.routing.request import Caller, Request
from labs.grading.wildcards.budget import Budget

STEPS = 7_000  # a lab takes about five hundred
STRANGERS = ("https://evil.example", "http://evil.example")


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts. `variables`: the names by which functions read variables of the path. `headers`:
    what browsers send, which is why they ask first; None: nobody asks from a browser."""

    around: Surroundings
    variables: tuple[str, ...] = ()
    headers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One request, and what both APIs do with it."""

    request: Request
    got: Result | Preflight
    wanted: Result | Preflight

    @property
    def too_much(self) -> bool:
        """It gets in, or may, and must not."""
        if isinstance(self.wanted, Preflight):
            return not self.wanted.goes_on
        return self.wanted.kind == STOPPED


@dataclass(frozen=True, slots=True)
class Difference:
    """None: there is no such request."""

    too_much: Seen | None
    too_little: Seen | None


def compare(mine: Api, theirs: Api, terms: Terms) -> Difference:
    """`theirs` are the expected ones. OutOfBudget where the routes are too tangled."""
    much: Seen | None = None
    little: Seen | None = None
    for seen in differences(mine, theirs, terms):
        if seen.too_much:
            much = much or seen
        else:
            little = little or seen
        if much and little:
            break
    return Difference(much, little)


def differences(mine: Api, theirs: Api, terms: Terms) -> Iterator[Seen]:
    """The smaller requests first: fewer parts, then the more usual method, then the plainer
    caller."""
    budget = Budget(STEPS)
    callers, pages = Callers((mine, theirs)), Pages((mine, theirs), terms.headers or ())
    methods = METHODS if terms.headers is None else METHODS[:-1]
    for path in paths_of((mine, theirs), budget):
        places = [place_of(api, path) for api in (mine, theirs)]
        for method in methods:
            budget.spend((len(mine.routes) + len(callers.all)) // 4 + 1)
            doors = [Door(place, place.routes(method)) for place in places]
            served = False
            for caller in callers.told_apart(doors):
                seen = seen_at_doors(doors, Request(method, path, caller), terms)
                served = served or (isinstance(seen.wanted, Result) and seen.wanted.kind == SERVED)
                if not holds(seen.got, seen.wanted, terms):
                    yield seen
            if served and terms.headers is not None:
                yield from pages.asked_first(places, path, method)


@dataclass(frozen=True, slots=True)
class Place:
    """One path in an API. `behind`: what of it stands behind the stage; None: no stage takes it.
    `fitting`: the routes that take it with some method. `memo`: those that get it."""

    api: Api
    behind: Path | None
    fitting: tuple[Route, ...]
    memo: dict[str, tuple[Route, ...]] = field(default_factory=dict)

    def routes(self, method: str) -> tuple[Route, ...]:
        if method not in self.memo:
            self.memo[method] = of_method(self.fitting, method)
        return self.memo[method]


def place_of(api: Api, path: Path) -> Place:
    behind = staged(api, path)
    routes = () if behind is None else api.routes
    return Place(api, behind, tuple(one for one in routes if one.key.takes_path(behind or ())))


@dataclass(frozen=True, slots=True)
class Door:
    """A place, and the routes there that get the requests with one method."""

    place: Place
    routes: tuple[Route, ...]


def seen_at_doors(doors: Sequence[Door], request: Request, terms: Terms) -> Seen:
    got, wanted = (
        result_of(it.routes, it.place.api, request, it.place.behind or (), terms.around)
        for it in doors
    )
    return Seen(request, got, wanted)


class Callers:
    """All who may make a difference, and how each route refuses them."""

    def __init__(self, apis: Sequence[Api]) -> None:
        self.all = callers_of(apis)
        self.refusals = {
            id(route): [refusal_of(route, api, caller) for caller in self.all]
            for api in apis
            for route in api.routes
        }

    def told_apart(self, doors: Sequence[Door]) -> Iterable[Caller]:
        """Of callers whom the routes refuse alike the plainest; nobody where there is no route:
        that is 404 for all."""
        statuses = zip(*(self.refusals[id(one)] for it in doors for one in it.routes), strict=True)
        first: dict[tuple[int, ...], Caller] = {}
        for caller, refused in zip(self.all, statuses, strict=False):
            first.setdefault(refused, caller)
        return first.values()


class Pages:
    """Browsers on the pages of each origin that may make a difference."""

    def __init__(self, apis: Sequence[Api], headers: tuple[str, ...]) -> None:
        self.headers = headers
        self.origins = origins_of(apis)
        self.answers: dict[tuple[str, str], list[Preflight]] = {}

    def asked_first(self, places: Sequence[Place], path: Path, method: str) -> Iterator[Seen]:
        """What a browser asks before a request that the expected API serves: whatever else it asks
        for leads to nothing."""
        stopped = [asked_by(it.behind, it.routes("OPTIONS")) for it in places]
        for origin in self.origins:
            request = Request(method, path, origin=origin)
            answers = self.answered(places, request)
            got, wanted = (at or one for at, one in zip(stopped, answers, strict=True))
            if differs(got, wanted):
                yield Seen(request, got, wanted)

    def answered(self, places: Sequence[Place], request: Request) -> list[Preflight]:
        """By both APIs, which take all paths alike."""
        asked = (request.origin, request.method)
        if asked not in self.answers:
            self.answers[asked] = [answered_by(it.api.cors, request, self.headers) for it in places]
        return self.answers[asked]


def differs(got: Preflight, wanted: Preflight) -> bool:
    """That a browser goes on is too much only where its page is the reason to stop it: the request
    that follows is looked at by itself."""
    if got.goes_on:
        return not wanted.goes_on and wanted.reason in ("origin", "no-cors")
    return wanted.goes_on


def origins_of(apis: Sequence[Api]) -> list[str]:
    named = [one for api in apis if api.cors for one in api.cors.origins]
    return list(dict.fromkeys((*(one for one in named if STAR not in one), *STRANGERS)))


def holds(got: Result | Preflight, wanted: Result | Preflight, terms: Terms) -> bool:
    """Is it what was wanted? Of what is stopped it does not matter with which status, and more
    variables than are read do no harm."""
    if isinstance(got, Preflight) or isinstance(wanted, Preflight):
        return (
            isinstance(got, Preflight)
            and isinstance(wanted, Preflight)
            and (got.goes_on == wanted.goes_on)
        )
    if wanted.kind == STOPPED:
        return got.kind == STOPPED
    if got.kind == UNSURE or got.kind != wanted.kind or got.target != wanted.target:
        return False
    return all(one in got.values for one in wanted.values if one[0] in terms.variables)


def seen_at(mine: Api, theirs: Api, request: Request, terms: Terms) -> Seen:
    """One request, different or not."""
    return Seen(request, decided(mine, request, terms), decided(theirs, request, terms))


def decided(api: Api, request: Request, terms: Terms) -> Result | Preflight:
    if request.origin:
        return preflight(api, request, terms.headers or ())
    place = place_of(api, request.segments)
    return result_of(place.routes(request.method), api, request, place.behind or (), terms.around)
