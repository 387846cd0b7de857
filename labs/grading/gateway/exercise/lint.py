"""Mistakes that the settings show by themselves, while one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from labs.grading.gateway.comparison.reach import never_reached
from labs.grading.gateway.routes.key import Key, Variable
from labs.grading.gateway.routes.model import JWT, Api, Route
from labs.grading.refusal import Refusal
from labs.grading.said import say
from labs.grading.wildcards.budget import OutOfBudget


def mistakes(api: Api, value: object) -> Iterator[Refusal]:
    """`value`: the document, for what the API does not keep."""
    for route in api.routes:
        yield from not_asked(route, written_at(value, route))
    yield from other_names(api)
    try:
        idle = never_reached(api)
    except OutOfBudget:  # too tangled: nothing is said
        return
    for route in idle:
        words = say("Take {route} out: more specific routes take all of it.", route=route.key.text)
        yield Refusal("routes.never-reached", words, route.path)


def written_at(value: object, route: Route) -> Mapping[str, object]:
    found: object = value
    for step in route.path if isinstance(value, dict) else route.path[1:]:
        found = found[step]  # type: ignore[index]
    return found if isinstance(found, dict) else {}


def not_asked(route: Route, written: Mapping[str, object]) -> Iterator[Refusal]:
    if route.authorization == JWT:
        return
    for key in ("AuthorizerId", "AuthorizationScopes"):
        if written.get(key):
            words = say(
                "Write AuthorizationType: JWT at {route}: without it nobody looks at {key}.",
                route=route.key.text,
                key=key,
            )
            yield Refusal("routes.not-asked", words, (*route.path, key))
            return


def other_names(api: Api) -> Iterator[Refusal]:
    """Of each shape of a path the first spelling counts; a prefix of another path counts as
    well."""
    first: dict[tuple[object, ...], tuple[Variable, Route]] = {}
    for route in api.routes:
        for shape, variable in shapes_of(route.key):
            known, before = first.setdefault(shape, (variable, route))
            if known != variable:
                words = say(
                    "Give the variable one name: it is {one} in {route} and {other} in {before}.",
                    one=f"{{{variable.name}}}",
                    route=route.key.text,
                    other=f"{{{known.name}}}",
                    before=before.key.text,
                )
                yield Refusal("routes.other-name", words, (*route.path, "RouteKey"))
                break


def shapes_of(key: Key) -> Iterator[tuple[tuple[object, ...], Variable]]:
    shape: tuple[object, ...] = ()
    for segment in key.fixed:
        if isinstance(segment, Variable):
            yield shape, segment
        shape += ("{}",) if isinstance(segment, Variable) else (segment,)
