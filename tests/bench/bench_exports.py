"""Everything of a cohort as files, made as a browser would fetch them: rows a second, and how much
more memory the process took meanwhile. After `bench_grid`, of its cohort."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from portal.cohorts.models import Cohort
from portal.exports.formats import FORMATS
from portal.exports.views import TABLES
from portal.long_answers import joined
from tests.bench.row import Effort, Row

GOAL = ("ours >= 2000",)


def rows(effort: Effort) -> Iterator[Row]:
    cohort = Cohort.objects.get(slug="load")
    for name, table_of in TABLES.items():
        for ending in ("csv", "xlsx"):
            before, seen = peak(), count()
            table = table_of(cohort)
            table = replace(table, rows=(row for row, _ in zip(table.rows, seen, strict=False)))
            started = time.perf_counter()
            size = sum(len(piece) for piece in joined(FORMATS[ending].pieces(table)))
            took, number = time.perf_counter() - started, next(seen)
            yield Row(
                f"{name}.{ending}",
                number / took,
                "rows/s",
                goals=() if name == "gradebook" else GOAL,  # its rows are as long as the course
                note=f"{number:,} rows, {size / 1e6:.1f} MB, memory + {peak() - before} MB",
            )


def peak() -> int:
    """The most that the process ever took, in MB; Linux counts in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
