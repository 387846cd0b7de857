"""Looking at labs and submissions. Nothing here is edited; what faulted can be checked again."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from labs.models import Grade, Lab, Submission, Worker
from lessons.long_lists import FoundByPerson, LongListAdmin
from lessons.read_only import ReadOnlyAdmin


@admin.register(Lab)
class LabAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "kind", "course", "difficulty", "archived_at"]
    list_filter = ["course", "kind"]
    search_fields = ["title", "slug"]


@admin.register(Submission)
class SubmissionAdmin(FoundByPerson, ReadOnlyAdmin):
    list_display = ["pk", "user", "lab", "state", "grade", "tries", "created_at", "finished_at"]
    list_filter = ["state", "lab"]
    ordering = ["-pk"]
    sortable_by = ["pk", "finished_at"]
    actions = ["check_again"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """A list shows no answer; one submission fetches its own."""
        found: Any = super().get_queryset(request)
        return found.lean().select_related("user", "lab")

    @admin.action(description=_("Check again (those that could not be checked)"))
    def check_again(self, request: HttpRequest, submissions: Any) -> None:
        with transaction.atomic():
            count = submissions.check_again()
        words = ngettext(
            "%(count)d submission is queued.", "%(count)d submissions are queued.", count
        )
        self.message_user(request, words % {"count": count})


@admin.register(Grade)
class GradeAdmin(LongListAdmin, ReadOnlyAdmin):
    list_display = [
        "submission",
        "points",
        "max_points",
        "passed",
        "made_by",
        "engine_version",
        "created_at",
    ]
    list_filter = ["made_by", "passed"]
    ordering = ["-pk"]
    list_select_related = ["submission__user", "submission__lab"]
    exclude = ["unpacked_report"]
    readonly_fields = ["readable_report"]

    def get_queryset(self, request: HttpRequest) -> Any:
        """A list shows no report; one grade fetches its own."""
        found: Any = super().get_queryset(request)
        return found.without_reports().defer("submission__text")

    @admin.display(description=_("report"))
    def readable_report(self, grade: Grade) -> str:
        text = json.dumps(grade.stored_report, indent=1, ensure_ascii=False)
        return format_html("<pre>{}</pre>", text)


@admin.register(Worker)
class WorkerAdmin(ReadOnlyAdmin):
    list_display = ["name", "seen_at"]
