"""Does an API do with every request what another one does? If not, the smallest requests that show
it: one that gets in and must not, and one that must get somewhere and does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    preflight,
    result_of,
    selected,
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
    callers = callers_of((mine, theirs))
    methods = METHODS if terms.headers is None else METHODS[:-1]
    for path in paths_of((mine, theirs), budget):
        for method in methods:
            found = at_path(mine, theirs, path, method, terms, callers)
            budget.spend((len(mine.routes) + len(callers)) // 4 + 1)
            served = False
            for seen in found:
                served = served or (isinstance(seen.wanted, Result) and seen.wanted.kind == SERVED)
                if not holds(seen.got, seen.wanted, terms):
                    yield seen
            if served and terms.headers is not None:
                yield from asked_first(mine, theirs, path, method, terms)


def at_path(
    mine: Api, theirs: Api, path: Path, method: str, terms: Terms, callers: Sequence[Caller]
) -> Iterator[Seen]:
    """Every caller with one request."""
    both = [(api, *chosen(api, path, method)) for api in (mine, theirs)]
    if not any(routes for _api, _behind, routes in both):
        callers = callers[:1]  # 404 for everybody
    for caller in callers:
        request = Request(method, path, caller)
        got, wanted = (
            result_of(routes, api, request, behind, terms.around) for api, behind, routes in both
        )
        yield Seen(request, got, wanted)


def chosen(api: Api, path: Path, method: str) -> tuple[tuple[str, ...], tuple[Route, ...]]:
    behind = staged(api, path)
    return behind or (), selected(api.routes, method, behind) if behind is not None else ()


def asked_first(mine: Api, theirs: Api, path: Path, method: str, terms: Terms) -> Iterator[Seen]:
    """What a browser asks before a request that the expected API serves: whatever else it asks for
    leads to nothing."""
    for origin in origins_of((mine, theirs)):
        request = Request(method, path, origin=origin)
        got, wanted = (preflight(api, request, terms.headers or ()) for api in (mine, theirs))
        if differs(got, wanted):
            yield Seen(request, got, wanted)


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
    if request.origin:
        got, wanted = (preflight(api, request, terms.headers or ()) for api in (mine, theirs))
        return Seen(request, got, wanted)
    path, method = request.segments, request.method
    (seen,) = at_path(mine, theirs, path, method, terms, [request.caller])
    return seen
