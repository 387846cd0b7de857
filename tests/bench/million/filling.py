"""A PostgreSQL database as after years with ten thousand learners; made by the database itself."""

from __future__ import annotations

import time
from pathlib import Path
from string import Template

from django.db import connection, transaction

from portal.seeding.judged import judged_catalog

LEARNERS, COHORTS, SUBMISSIONS = 10_000, 100, 1_000_000
WAITING = 40
ENDED = 7  # the number of a cohort whose learners stopped after a tenth of the time

STEPS = (Path(__file__).parent / "filling.sql").read_text().split("-- step: ")[1:]


def fill() -> None:
    """Constraints are looked at by nobody meanwhile: that would take most of the time."""
    numbers = {
        "learners": LEARNERS,
        "cohorts": COHORTS,
        "each": SUBMISSIONS // LEARNERS,
        "waiting": WAITING,
        "ended": ENDED,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("CREATE TEMP TABLE bench_report (n int PRIMARY KEY, data bytea)")
        cursor.executemany("INSERT INTO bench_report VALUES (%s, %s)", list(enumerate(reports())))
        for step in STEPS:
            name, _line, sql = step.partition("\n")
            begun = time.perf_counter()
            cursor.execute(Template(sql).substitute(numbers))
            print(
                f"{name}: {cursor.rowcount} rows in {time.perf_counter() - begun:.0f} s", flush=True
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def reports() -> list[bytes]:
    """Real ones, a few of each lab."""
    return [
        one.report
        for (_lab, variant), answers in judged_catalog().items()
        for one in answers.wrong[:2]
        if variant == 0
    ]
