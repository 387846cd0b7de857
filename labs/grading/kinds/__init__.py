"""The registry. A new kind is one module, named as its NAME with `_` for `-`, and one line here.

A kind is imported when it is first asked for. All together they take longer to import than
everything else, and most commands need none of them; whoever serves learners loads them before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from importlib import import_module
from typing import cast

from labs.grading.kind import Kind

NAMES = (
    "iam-policy",
    "trust-policy",
    "resource-policy",
    "iam-account",
    "security-group",
    "security-group-graph",
    "network-acl",
    "subnetting",
    "packet-walk",
    "find-the-flaw",
    "alb-listener-rules",
    "api-routes",
    "certificates",
    "asg-scaling-policy",
    "cost",
    "aws-cli",
    "purchase-plan",
    "decode",
    "event-pattern",
    "health-timeline",
    "scenario-sort",
    "placement",
    "launch-template",
    "lifecycle",
    "ecs-task-definition",
    "dockerfile",
    "k8s-manifest",
    "user-data",
    "messaging",
    "state-machine",
    "dynamodb-keys",
)


class Kinds(MutableMapping[str, Kind]):
    """Name → kind."""

    def __init__(self, names: Iterable[str]) -> None:
        self.known: dict[str, Kind | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Kind:
        kind = self.known[name]
        if kind is None:
            kind = self.known[name] = imported(name)
        return kind

    def __setitem__(self, name: str, kind: Kind) -> None:
        self.known[name] = kind

    def __delitem__(self, name: str) -> None:
        del self.known[name]

    def __contains__(self, name: object) -> bool:
        return name in self.known

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def load(self) -> None:
        """All of them, before somebody waits."""
        for name in self:
            self[name]


def imported(name: str) -> Kind:
    """The module, or an object in it that has the same names."""
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    return cast(Kind, getattr(module, "KIND", module))


KINDS = Kinds(NAMES)
