"""Reports from before they were packed, packed: some hundred rows a transaction, while everything
runs."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from labs.models import Grade

AT_ONCE = 200


def pack_reports() -> Iterator[int]:
    """How many rows each transaction packed, to the end. May be stopped, and begun anew, at any
    time."""
    last = 0
    while rows := unpacked_after(last):
        yield pack_rows(rows)
        last = rows[-1].pk


def unpacked_after(last: int) -> list[Grade]:
    found = Grade.objects.unpacked().filter(pk__gt=last).order_by("pk")
    return list(found.only("pk", "unpacked_report")[:AT_ONCE])


@transaction.atomic
def pack_rows(rows: list[Grade]) -> int:
    """Whoever is erased meanwhile stays erased: their row is no longer unpacked."""
    return sum(
        Grade.objects.unpacked()
        .filter(pk=row.pk)
        .update(report=row.unpacked_report, unpacked_report={})
        for row in rows
    )
