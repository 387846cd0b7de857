"""What a lab asks of a script. How the spec is written: `labs/grading/kinds/user_data.py`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.errors import SpecError
from labs.grading.first_boot.system.identity import STOCK_IDENTITY, Identity
from labs.grading.first_boot.system.packages import PACKAGES
from labs.grading.toml_table import Table

MOST_MACHINES, MOST_PAGES, MOST_POINTS = 3, 6, 1000
ADDRESS = re.compile(r"10\.\d{1,3}\.\d{1,3}\.\d{1,3}")
ZONE = re.compile(r"[a-z]{2}-[a-z]+-\d[a-z]")
INSTANCE = re.compile(r"i-[0-9a-f]{17}")


@dataclass(frozen=True, slots=True)
class Launched:
    name: str
    identity: Identity


@dataclass(frozen=True, slots=True)
class Page:
    """`shows`: facts of the machine that it must hold; `holds`: words that it must hold. What each
    of the checks is worth."""

    path: str
    shows: tuple[str, ...]
    holds: tuple[str, ...]
    now: int
    content: int
    later: int


@dataclass(frozen=True, slots=True)
class UserDataExercise:
    machines: tuple[Launched, ...]
    pages: tuple[Page, ...]
    packages: tuple[str, ...]  # that must be installed, a point each
    listens: int  # points for a web server on port 80
    ends: int  # points for a script that comes to its end
    advice: bool

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(page.path for page in self.pages)

    @property
    def points(self) -> int:
        """Of all checks together."""
        pages = sum(page.now + page.content + page.later for page in self.pages)
        return self.listens + self.ends + len(self.packages) + pages


def read_user_data_exercise(table: Mapping[str, object]) -> UserDataExercise:
    spec = Table(table)
    machines = tuple(read_machine(one) for one in spec.tables("machines"))
    pages = tuple(read_page(one) for one in spec.tables("pages"))
    packages = spec.texts("packages")
    if set(packages) - set(PACKAGES):
        raise spec.error("packages", f"are some of {', '.join(PACKAGES)}")
    listens = spec.number("listens", 0, most=MOST_POINTS)
    ends = spec.number("ends", 0, most=MOST_POINTS)
    advice = spec.flag("advice", True)
    spec.finish()
    if len({one.name for one in machines}) != len(machines) or not machines[:MOST_MACHINES]:
        raise spec.error("machines", "are some, each with a name of its own")
    if len(machines) > MOST_MACHINES or len(pages) > MOST_PAGES:
        raise spec.error("machines", f"up to {MOST_MACHINES}, and pages up to {MOST_PAGES}")
    read = UserDataExercise(machines, pages, packages, listens, ends, advice)
    if not read.points:
        raise SpecError("lab.toml: spec: nothing is worth a point: ask for a page")
    return read


def read_machine(table: Table) -> Launched:
    found = {key: table.text(key) for key in ("instance_id", "zone", "address")}
    patterns = {"instance_id": INSTANCE, "zone": ZONE, "address": ADDRESS}
    for key, value in found.items():
        if not patterns[key].fullmatch(value):
            raise table.error(key, f"is “{value}”, and not like {patterns[key].pattern}")
    return Launched(table.text("name"), Identity(**found))


def read_page(table: Table) -> Page:
    path = table.text("path")
    if not path.startswith("/"):
        raise table.error("path", "begins with a slash")
    shows = table.texts("shows")
    if set(shows) - set(STOCK_IDENTITY.facts):
        raise table.error("shows", f"are some of {', '.join(STOCK_IDENTITY.facts)}")
    holds = table.texts("holds")
    content = table.number("content", 1 if shows or holds else 0, most=MOST_POINTS)
    return Page(
        path=path,
        shows=shows,
        holds=holds,
        now=table.number("now", 1, most=MOST_POINTS),
        content=content,
        later=table.number("later", 1, most=MOST_POINTS),
    )
