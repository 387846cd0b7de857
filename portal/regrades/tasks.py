"""Where Celery looks for tasks."""

from __future__ import annotations

from celery import shared_task

from portal.regrades.work import work


@shared_task(name="portal.regrade")  # type: ignore[untyped-decorator]
def regrade() -> None:
    work()
