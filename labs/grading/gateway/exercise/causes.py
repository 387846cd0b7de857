"""Why one request ends elsewhere: a code, and a sentence that names the request."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.gateway.comparison.callers import usual_caller
from labs.grading.gateway.comparison.compare import Seen, Terms, place_of
from labs.grading.gateway.routes.key import Variable
from labs.grading.gateway.routes.model import IAM, JWT, Api, Route
from labs.grading.gateway.routing.decision import SERVED, UNSURE, Preflight, Result, staged
from labs.grading.gateway.routing.request import NOBODY, TOKEN, Request, request_words
from labs.grading.gateway.routing.words import because_words, by_words, result_words
from labs.grading.json_document import Path
from labs.grading.said import joined, say

READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Cause:
    """`path`: of the route, or of the settings, that did it."""

    code: str
    message: str
    path: Path = ()


def cause_of(seen: Seen, mine: Api, theirs: Api, terms: Terms) -> Cause:
    words = request_words(seen.request, usual_caller(theirs))
    if isinstance(seen.got, Preflight):
        return preflight_cause(seen.request, seen.got, words, mine)
    assert isinstance(seen.wanted, Result)
    if seen.got.kind == UNSURE:
        return unsure_cause(seen.got, words)
    if seen.too_much:
        return Cause(code_of_too_much(seen, theirs), much_words(seen.got, words), place(seen.got))
    code = code_of_too_little(seen.got, seen.wanted, seen.request, mine)
    return Cause(code, little_words(seen.got, seen.wanted, words, code), place(seen.got))


def place(result: Result) -> Path:
    return result.routes[0].path if result.routes else ()


def preflight_cause(request: Request, got: Preflight, words: str, mine: Api) -> Cause:
    cors = mine.cors.path if mine.cors else ()
    if got.goes_on:
        message = say("{request} is let through by the browser, and should not be.", request=words)
        return Cause("routes.any-origin", message, cors)
    message = say(
        "The browser does not send {request}: {reason}.", request=words, reason=because_words(got)
    )
    return Cause("routes.preflight", message, got.routes[0].path if got.routes else cors)


def unsure_cause(got: Result, words: str) -> Cause:
    keys = joined([route.key.text for route in got.routes], ", ")
    message = say(
        "Make one route more specific: of {routes} the guide does not say which gets {request}.",
        routes=keys,
        request=words,
    )
    return Cause("routes.ambiguous", message, place(got))


def much_words(got: Result, words: str) -> str:
    return say(
        "{request} gets to {target} by {route}, and should not get through.",
        request=words,
        target=got.target,
        route=by_words(got),
    )


def code_of_too_much(seen: Seen, theirs: Api) -> str:
    caller = seen.request.caller
    routes = place_of(theirs, seen.request.segments).routes(seen.request.method)
    if not routes:
        return "routes.too-wide"
    if caller.kind == NOBODY:
        reading = seen.request.method in READING
        return "routes.open-read" if reading else "routes.open-write"
    asked = JWT if caller.kind == TOKEN else IAM
    if all(route.authorization != asked for route in routes):
        return "routes.other-door"
    if isinstance(seen.wanted, Result) and seen.wanted.status == 403:
        return "routes.scope-not-asked"
    return "routes.token-of-others"


def little_words(got: Result, wanted: Result, words: str, code: str) -> str:
    if code == "routes.variable-name":
        return say(
            "{request} gets to {target} by {route}, whose variables have other names than the "
            "function reads.",
            request=words,
            target=got.target,
            route=by_words(got),
        )
    if got.kind == SERVED or got.routes:
        return say(
            "{request} ends with {got} by {route}, and should get to {target}.",
            request=words,
            got=result_words(got),
            route=by_words(got),
            target=wanted.target,
        )
    return say(
        "{request} ends with {got}, and should get to {target}.",
        request=words,
        got=result_words(got),
        target=wanted.target,
    )


def code_of_too_little(got: Result, wanted: Result, request: Request, mine: Api) -> str:
    if got.kind == SERVED:
        return "routes.variable-name" if got.target == wanted.target else "routes.other-target"
    if got.status == 500:
        return "routes.no-permission"
    return "routes.refused" if got.status in (401, 403) else why_missing(request, mine)


def why_missing(request: Request, mine: Api) -> str:
    """What comes near to a route for this request."""
    path = staged(mine, request.segments)
    if path is None:
        return "routes.stage"
    if any(route.key.takes_path(path) for route in mine.routes):
        return "routes.no-method"
    near = [route for route in mine.routes if route.key.takes_method(request.method)]
    if any(is_bare(route, path) for route in near):
        return "routes.bare-path"
    return "routes.not-greedy" if any(ends_early(one, path) for one in near) else "routes.no-route"


def is_bare(route: Route, path: tuple[str, ...]) -> bool:
    """The path right above the greedy variable."""
    return route.key.is_greedy and route.key.takes_path((*path, "x"))


def ends_early(route: Route, path: tuple[str, ...]) -> bool:
    """Ends in a variable, where the path goes on."""
    segments = route.key.segments
    if not segments or not isinstance(segments[-1], Variable) or len(path) <= len(segments):
        return False
    return route.key.takes_path(path[: len(segments)])
