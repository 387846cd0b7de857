"""HTTP APIs, broken: a route left out, another key, target or authorization, other settings."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.mutants import Mutant
from labs.grading.mutants.json_trees import Json, cut, put, written
from labs.grading.yaml_text import read_yaml


def broken_apis(text: str) -> Iterator[Mutant]:
    tree: Json = read_yaml(text).value
    targets = list(dict.fromkeys(route["Target"] for route in tree["Routes"]))
    for number, route in enumerate(tree["Routes"]):
        yield from broken_route(tree, number, route, targets)
    for name, settings in tree.items():
        if name != "Routes":
            yield written(f"without {name}", cut(tree, (name,)))
            yield from broken_settings(tree, settings, (name,))


def broken_route(tree: Json, number: int, route: Json, targets: list[str]) -> Iterator[Mutant]:
    key, path = route["RouteKey"], ("Routes", number)
    if len(tree["Routes"]) > 1:
        yield written(f"without {key}", cut(tree, path))
    for other in other_keys(key):
        yield written(f"{other} for {key}", put(tree, (*path, "RouteKey"), other))
    for target in targets:
        if target != route["Target"]:
            yield written(f"{key} to {target}", put(tree, (*path, "Target"), target))
    if "AuthorizationType" in route:
        yield written(f"{key} open", put(tree, (*path, "AuthorizationType"), "NONE"))
        yield written(f"{key} for IAM", put(tree, (*path, "AuthorizationType"), "AWS_IAM"))
    for scope, name in enumerate(route.get("AuthorizationScopes", ())):
        yield written(f"{key} without {name}", cut(tree, (*path, "AuthorizationScopes", scope)))
        yield written(
            f"{key} with one scope more",
            put(tree, (*path, "AuthorizationScopes"), [name, "something-else"]),
        )


def other_keys(key: str) -> Iterator[str]:
    method, _blank, path = key.partition(" ")
    if not path:
        yield "ANY /{proxy+}"
        return
    for other in ("ANY", "GET", "POST"):
        if other != method:
            yield f"{other} {path}"
    if path.endswith("+}"):
        yield f"{method} {path[:-2]}}}"
        yield "$default"
    elif path.endswith("}"):
        yield f"{method} {path[:-1]}+}}"
        yield f"{method} {path[:-1]}x}}"
    else:
        yield f"{method} {path.rstrip('/')}/{{proxy+}}"
        yield f"{method} {path.rstrip('/')}/more"


def broken_settings(tree: Json, inner: Json, path: tuple[str | int, ...]) -> Iterator[Mutant]:
    """Each value left out; a list with a star in its place; a text that goes on."""
    members = inner.items() if isinstance(inner, dict) else enumerate(inner)
    for key, value in members:
        here = (*path, key)
        name = ".".join(map(str, here))
        yield written(f"without {name}", cut(tree, here))
        if isinstance(value, dict | list):
            if isinstance(value, list) and all(isinstance(one, str) for one in value):
                yield written(f"{name} a star", put(tree, here, ["*"]))
            yield from broken_settings(tree, value, here)
        elif isinstance(value, str):
            yield written(f"{name} longer", put(tree, here, f"{value}x"))
