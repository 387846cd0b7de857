"""A PostgreSQL database as after years with ten thousand learners; made by the database itself."""

from __future__ import annotations

import time
from pathlib import Path
from string import Template

from django.conf import settings
from django.db import connection, transaction

from labs.grading.grade import grade
from labs.packed import pack
from labs.source import read_catalog

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
    found: list[bytes] = []
    for lab in read_catalog(Path(settings.CATALOG_DIR)):
        variant = lab.variants[0]
        for text in list(variant.wrong.values())[:2]:
            report = grade(
                lab.kind_module,
                table=variant.table,
                files=variant.files,
                text=text,
                starter=variant.starter,
                with_cure=True,
            )
            found.append(pack(report.as_json()))
    return found
