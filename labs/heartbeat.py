"""Is anybody checking? For whoever operates the portal."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max, Min
from django.utils import timezone

from labs.models import Submission, Worker


def seconds_since_a_worker() -> int | None:
    """Since any worker's sweeper gave a sign of life; None where there never was one."""
    return age(Worker.objects.aggregate(last=Max("seen_at"))["last"])


def seconds_of_the_oldest_answer() -> int | None:
    """How long the longest waiting answer has waited; None where none waits."""
    return age(Submission.objects.open().aggregate(first=Min("created_at"))["first"])


def age(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, int((timezone.now() - moment).total_seconds()))
