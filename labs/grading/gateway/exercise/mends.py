"""Changes that may mend an API: a route, an authorizer or a setting as the solution has it, one
more, or one less."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from labs.grading.cure import Mend
from labs.grading.gateway.exercise.answer import ApiAnswer
from labs.grading.gateway.exercise.exercise import ApiExercise
from labs.grading.gateway.exercise.verdict_in_short import faring_wrongly
from labs.grading.json_text import read_json
from labs.grading.mutants.json_trees import put
from labs.grading.said import say

MOST = 30
SETTINGS = ("Authorizers", "CorsConfiguration", "Stages", "Permissions")


def mends_of(answer: ApiAnswer, exercise: ApiExercise) -> list[Mend]:
    tree = as_tree(answer.document.value)
    found = islice(changes(tree, as_tree(exercise.solution), answer), MOST)
    suspects = faring_wrongly(answer, exercise)
    return [replace(one, answer=replace(one.answer, suspects=suspects)) for one in found]


def as_tree(value: Any) -> dict[str, Any]:
    """With the routes below `Routes`."""
    if isinstance(value, list):
        return {"Routes": value}
    routes = value.get("Routes", value.get("Items", []))
    return {**{key: one for key, one in value.items() if key != "Items"}, "Routes": routes}


def changes(mine: dict[str, Any], theirs: dict[str, Any], answer: ApiAnswer) -> Iterator[Mend]:
    """The smallest first: another route, other settings, a route more, a route less."""
    wanted = {one["RouteKey"]: one for one in theirs["Routes"]}
    here = {one["RouteKey"]: number for number, one in enumerate(mine["Routes"])}
    for key, number in here.items():
        if key in wanted and wanted[key] != mine["Routes"][number]:
            sentence = say("Change what the route {route} leads to, or whom it lets in.", route=key)
            yield mend(
                sentence,
                mine["Routes"][number],
                wanted[key],
                put(mine, ("Routes", number), wanted[key]),
                place_of(answer, number),
            )
    yield from other_settings(mine, theirs)
    yield from other_keys(mine, wanted, here, answer)
    for key, route in wanted.items():
        if key not in here:
            sentence = say("Add a route: something that is asked for has none.")
            yield mend(sentence, None, route, put(mine, ("Routes",), [*mine["Routes"], route]))
    for key, number in here.items():
        if key not in wanted and len(here) > 1:
            rest = [one for one in mine["Routes"] if one["RouteKey"] != key]
            sentence = say("Take the route {route} out: nobody asked for it.", route=key)
            yield mend(
                sentence,
                mine["Routes"][number],
                None,
                put(mine, ("Routes",), rest),
                place_of(answer, number),
            )


def other_settings(mine: dict[str, Any], theirs: dict[str, Any]) -> Iterator[Mend]:
    for name in SETTINGS:
        if name in theirs and mine.get(name) != theirs[name]:
            yield mend(say("Change {setting}.", setting=name), mine.get(name), theirs[name],
                       put(mine, (name,), theirs[name]))  # fmt: skip


def other_keys(
    mine: dict[str, Any], wanted: Mapping[str, Any], here: Mapping[str, int], answer: ApiAnswer
) -> Iterator[Mend]:
    """One route in the place of another that is asked for and missing."""
    missing = [route for key, route in wanted.items() if key not in here]
    for key, number in here.items():
        if key in wanted:
            continue
        for route in missing:
            if route.get("Target") == mine["Routes"][number].get("Target"):
                sentence = say("Change the key of the route {route}.", route=key)
                yield mend(
                    sentence,
                    mine["Routes"][number],
                    route,
                    put(mine, ("Routes", number), route),
                    place_of(answer, number),
                )


def place_of(answer: ApiAnswer, number: int) -> tuple[int, int]:
    value = answer.document.value
    name = "Items" if isinstance(value, dict) and "Items" in value else "Routes"
    return answer.document.position((number,) if isinstance(value, list) else (name, number))


def mend(
    sentence: str, before: Any, after: Any, tree: Any, place: tuple[int, int] | None = None
) -> Mend:
    text = json.dumps(tree, ensure_ascii=False)
    return Mend(sentence, written(before), written(after), ApiAnswer(read_json(text)), place)


def written(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
