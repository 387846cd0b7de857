"""A small account: users, their access keys, roles, applications, and what services answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ACTIVE, INACTIVE = "Active", "Inactive"
GLOBAL = ""  # the Region of what is global


@dataclass(frozen=True, slots=True)
class LastUsed:
    date: str  # ISO 8601; "" for never
    service: str = "N/A"
    region: str = "N/A"


@dataclass(frozen=True, slots=True)
class AccessKey:
    id: str
    secret: str
    user: str
    status: str = ACTIVE
    created: str = ""
    last_used: LastUsed = field(default_factory=lambda: LastUsed(""))


@dataclass(frozen=True, slots=True)
class Role:
    """`trusts`: the names of users and roles that may assume it."""

    name: str
    trusts: tuple[str, ...] = ()


@dataclass(slots=True)
class Account:
    """`answers`: ("ec2 describe-instances", Region) → what the service answers. `new_keys` are
    given out in order; `applications`: name → the ID of the key that it works with; `now` is the
    moment of the script."""

    number: str
    users: tuple[str, ...] = ()
    keys: dict[str, AccessKey] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    new_keys: tuple[AccessKey, ...] = ()
    applications: dict[str, str] = field(default_factory=dict)
    now: str = "2026-11-27T09:00:00+00:00"

    def copy(self) -> Account:
        return replace(self, keys=dict(self.keys), applications=dict(self.applications))

    def keys_of(self, user: str) -> list[AccessKey]:
        return [key for key in self.keys.values() if key.user == user]

    def works(self, application: str) -> bool:
        """Has it a key with which AWS lets it in?"""
        key = self.keys.get(self.applications[application])
        return key is not None and key.status == ACTIVE

    def answer(self, command: str, region: str) -> Any:
        """None: services of the lab do not know the command. In a Region with nothing in it the
        lists are empty."""
        for place in (region, GLOBAL):
            if (command, place) in self.answers:
                return self.answers[command, place]
        others = [answer for (name, _), answer in self.answers.items() if name == command]
        return {key: [] for key in others[0]} if others else None

    def commands(self) -> list[str]:
        return sorted({name for name, _region in self.answers})
