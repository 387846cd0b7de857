"""Looking at content and progress. Content is files: what is synced is shown, not edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lessons.models import Completion, Course, Lesson, Module, Place, Section


class SyncedAdmin(admin.ModelAdmin):
    """Rows that `sync_content` writes: an edit here would be lost at the next sync."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Course)
class CourseAdmin(SyncedAdmin):
    list_display = ["title", "slug", "synced_at", "archived_at"]


@admin.register(Module)
class ModuleAdmin(SyncedAdmin):
    list_display = ["title", "course", "position", "archived_at"]
    list_filter = ["course"]
    list_select_related = ["course"]


@admin.register(Lesson)
class LessonAdmin(SyncedAdmin):
    list_display = ["title", "module", "position", "words", "updated_at", "archived_at"]
    list_filter = ["course", "module"]
    list_select_related = ["module"]
    search_fields = ["title", "slug"]


@admin.register(Section)
class SectionAdmin(SyncedAdmin):
    list_display = ["title", "lesson", "slug", "level", "archived_at"]
    list_filter = ["course"]
    list_select_related = ["lesson"]
    search_fields = ["title", "slug", "text"]


@admin.register(Completion)
class CompletionAdmin(admin.ModelAdmin):
    list_display = ["user", "lesson", "completed_at"]
    list_select_related = ["user", "lesson"]
    raw_id_fields = ["user", "lesson"]
    date_hierarchy = "completed_at"


@admin.register(Place)
class PlaceAdmin(admin.ModelAdmin):
    list_display = ["user", "course", "lesson", "section", "seen_at"]
    list_select_related = ["user", "course", "lesson", "section"]
    raw_id_fields = ["user", "course", "lesson", "section"]
