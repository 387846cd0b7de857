"""A second evaluator, from the guides and not from the engine: one raw filter, one flat event."""

from __future__ import annotations

import ipaddress
import re
from functools import cache


def delivers(pattern: dict, event: dict[str, list], above: str = "") -> bool:
    for key, value in pattern.items():
        if key == "$or":
            if not any(delivers(group, event, above) for group in value):
                return False
        elif isinstance(value, dict):
            if not delivers(value, event, f"{above}{key}."):
                return False
        elif not any(entry_holds(entry, event.get(above + key, [])) for entry in value):
            return False
    return True


def entry_holds(entry, values: list) -> bool:
    if entry == {"exists": False}:
        return not values
    return any(value_holds(entry, value) for value in values)


def value_holds(entry, value) -> bool:
    if not isinstance(entry, dict):
        return type(entry) is type(value) and entry == value
    ((name, inner),) = entry.items()
    if name == "exists":
        return True
    if name == "anything-but":
        return not any(value_holds(one, value) for one in excluded(inner))
    if name == "numeric":
        return isinstance(value, int) and not isinstance(value, bool) and compares(inner, value)
    if not isinstance(value, str):
        return False
    if name == "cidr":
        return is_address(value) and ipaddress.ip_address(value) in ipaddress.ip_network(inner)
    if isinstance(inner, dict):
        return bool(expression(name, inner["equals-ignore-case"], "(?i)").fullmatch(value))
    return bool(expression(name, inner).fullmatch(value))


def excluded(inner) -> list:
    if isinstance(inner, dict):
        ((name, texts),) = inner.items()
        return [{name: one} for one in (texts if isinstance(texts, list) else [texts])]
    return inner if isinstance(inner, list) else [inner]


def compares(inner: list, value: int) -> bool:
    signs = {"=": int.__eq__, "<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__}
    return all(
        signs[sign](value, number) for sign, number in zip(inner[::2], inner[1::2], strict=True)
    )


def is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


@cache
def expression(name: str, inner: str, flags: str = "") -> re.Pattern[str]:
    literal = re.escape(inner)
    wanted = {
        "prefix": f"{flags}{literal}.*",
        "suffix": f"{flags}.*{literal}",
        "equals-ignore-case": f"(?i){literal}",
        "wildcard": literal.replace(r"\*", ".*"),
    }[name]
    return re.compile(wanted, re.DOTALL)
