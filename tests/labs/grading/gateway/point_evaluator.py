"""What becomes of one request, worked out a second time, from the words of the guide alone: no
class and no function of the engine. An API is the plain document of an answer."""

from __future__ import annotations

import re

FUNCTIONS = ("one", "two", "three")


def parts_of(key):
    method, _blank, path = key.partition(" ")
    return method, [one for one in path.split("/") if one]


def pattern_of(path):
    """A regular expression, and how wide each part is."""
    made, widths = "", []
    for part in path:
        if part.endswith("+}"):
            made += "/(?P<rest>.+)"
        elif part.startswith("{"):
            made += "/[^/]+"
            widths.append(1)
        else:
            made += "/" + re.escape(part)
            widths.append(0)
    return made or "/", widths


def routes_for(document, method, path):
    """All routes of the best rank that fit and that no other of them is inside of."""
    ranks = {0: [], 1: [], 2: []}
    for route in document["Routes"]:
        key = route["RouteKey"]
        if key == "$default":
            ranks[2].append((route, "", []))
            continue
        asked, parts = parts_of(key)
        pattern, widths = pattern_of(parts)
        if asked in ("ANY", method) and re.fullmatch(pattern, path):
            ranks[1 if key.endswith("+}") else 0].append((route, asked, widths))
    best = next((found for _rank, found in sorted(ranks.items()) if found), [])
    return [one[0] for one in best if not any(inside(other, one) for other in best)]


def inside(one, other):
    """Is the first narrower than the second somewhere, and nowhere wider?"""
    methods = (one[1] == "ANY") - (other[1] == "ANY")
    lengths = len(other[2]) - len(one[2])
    signs = [methods, lengths, *(a - b for a, b in zip(one[2], other[2], strict=False))]
    return max(signs) <= 0 and min(signs) < 0


def values_of(key, path):
    given = [one for one in path.split("/") if one]
    found = {}
    for number, part in enumerate(parts_of(key)[1]):
        if part.endswith("+}"):
            found[part[1:-2]] = "/".join(given[number:])
        elif part.startswith("{"):
            found[part[1:-1]] = given[number]
    return found


def behind_stage(document, path):
    stages = document.get("Stages") or ["$default"]
    first, _slash, rest = path[1:].partition("/")
    if first in stages and first != "$default":
        return f"/{rest}"
    return path if "$default" in stages else None


def lets_in(route, document, caller):
    kind = route.get("AuthorizationType", "NONE")
    if kind == "NONE":
        return True
    if kind == "AWS_IAM":
        return caller["kind"] == "signed"
    settings = document["Authorizers"][route["AuthorizerId"]]["JwtConfiguration"]
    if caller["kind"] != "token" or caller["expired"] or caller["issuer"] != settings["Issuer"]:
        return False
    scopes = set(route.get("AuthorizationScopes", ()))
    return caller["audience"] in settings["Audience"] and (
        not scopes or bool(scopes & set(caller["scopes"]))
    )


def outcome(document, method, path, caller):
    """The function and the values of the path; None: stopped; "?": the guide does not say."""
    behind = behind_stage(document, path)
    found = routes_for(document, method, behind) if behind is not None else []
    results = []
    for route in found:
        if not lets_in(route, document, caller):
            results.append(None)
            continue
        values = values_of(route["RouteKey"], behind) if route["RouteKey"] != "$default" else {}
        results.append((route["Target"], tuple(sorted(values.items()))))
    if not results:
        return None
    return results[0] if all(one == results[0] for one in results) else "?"


def as_wanted(got, wanted, names):
    if wanted is None:
        return got is None
    if got is None or got == "?" or got[0] != wanted[0]:
        return False
    return all(one in got[1] for one in wanted[1] if one[0] in names)
