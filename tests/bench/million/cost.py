"""What a piece of work asks of the database, and what that costs."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from labs.models import Submission
from tests.bench.million.filling import fill
from tests.bench.million.work import Work, jobs

LOOKED_AT = ("SELECT", "UPDATE", "DELETE")
IN_VAIN = 5_000  # rows that a page may not look at for nothing
LARGE = 20_000  # rows of a table that it may not read from end to end: small ones are quicker so
FAR_TOO_MANY = 100_000  # entries of an index: more than any cohort's own
# Of 8 kB, that one query may look at. A grid looks at what all of its learners came to.
MOST_BLOCKS = {"page grid": 6_000, "page grid filtered": 6_000}
BLOCKS_OF_A_PAGE = 2_000
WHOLE = "reads all of"
BLOCKS_OF_A_LIST = 15_000  # of the admin: ten thousand rows are counted, and a hundred shown


@dataclass(frozen=True, slots=True)
class Query:
    sql: str
    milliseconds: float
    blocks: int
    scans: tuple[str, ...]  # large tables read from end to end, or mostly in vain


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--plans", nargs="*", default=[])
    words = options.parse_args().plans
    prepare()
    bad: list[str] = []
    for name, work in jobs():
        cost = cost_of(name, work)
        show(cost, words)
        bad += [] if cost.is_own else [name]
    if bad:
        sys.exit(f"More than their own rows is read by: {', '.join(bad)}.")


def prepare() -> None:
    call_command("migrate", verbosity=0)
    call_command("sync_content", "--apply", verbosity=0)
    if not Submission.objects.exists():
        fill()


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one piece of work."""

    name: str
    queries: list[Query]
    whole: float  # milliseconds, Python's among them

    @property
    def milliseconds(self) -> float:
        return sum(query.milliseconds for query in self.queries)

    @property
    def blocks(self) -> int:
        """Of the largest query."""
        return max((query.blocks for query in self.queries), default=0)

    @property
    def scans(self) -> list[str]:
        return sorted({scan for query in self.queries for scan in query.scans})

    @property
    def is_own(self) -> bool:
        """False where a page does more than it may. What operators run may read all there is, and
        a list of the admin may pass some rows that a filter leaves out."""
        if self.name.startswith("page"):
            most = MOST_BLOCKS.get(self.name, BLOCKS_OF_A_PAGE)
            return self.blocks <= most and not self.scans
        whole = any(scan.startswith(WHOLE) for scan in self.scans)
        is_light = self.blocks <= BLOCKS_OF_A_LIST and not whole
        return is_light or not self.name.startswith("admin")


def cost_of(name: str, work: Work) -> Cost:
    begun = time.perf_counter()
    with CaptureQueriesContext(connection) as captured, rolled_back():
        work()
    whole = (time.perf_counter() - begun) * 1000
    # Several in one are written in brackets
    sql = [one["sql"] for one in captured if one["sql"].lstrip("(").startswith(LOOKED_AT)]
    return Cost(name, [explain(one) for one in sql], whole)


def show(cost: Cost, words: list[str]) -> None:
    print(
        f"{cost.name:48} {len(cost.queries):3} queries {cost.milliseconds:8.1f} ms in the "
        f"database, {cost.whole:7.0f} in all; the largest {cost.blocks:6} blocks; "
        f"{', '.join(cost.scans) or '-'}",
        flush=True,
    )
    if any(word in cost.name for word in words):
        for query in sorted(cost.queries, key=lambda one: -one.blocks)[:3]:
            print(f"  {query.sql[:1500]}\n{plan_of(query.sql)}\n")


@contextmanager
def rolled_back() -> Iterator[None]:
    """Writing work is done, looked at, and undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def explain(sql: str) -> Query:
    with rolled_back(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        [[[found]]] = cursor.fetchall()
    top = found["Plan"]
    return Query(
        sql=sql,
        milliseconds=found["Execution Time"] + found["Planning Time"],
        blocks=top["Shared Hit Blocks"] + top["Shared Read Blocks"],
        scans=tuple(sorted(set(scans_in(top)))),
    )


def plan_of(sql: str) -> str:
    with rolled_back(), connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {sql}")
        return "\n".join(f"    {line}" for (line,) in cursor.fetchall())


def scans_in(node: dict[str, Any]) -> Iterator[str]:
    rows = node["Actual Rows"] * node["Actual Loops"]
    in_vain = node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
    if node["Node Type"] == "Seq Scan":
        if rows + in_vain >= LARGE:
            yield f"{WHOLE} {node['Relation Name']}"
    elif in_vain >= IN_VAIN or rows >= FAR_TOO_MANY:
        yield f"{node['Node Type']} of {int(rows + in_vain)} {node.get('Relation Name', 'rows')}"
    for below in node.get("Plans", ()):
        yield from scans_in(below)
