"""Looking at content and progress. Content is files: what `sync_content` writes is shown, and an
edit here would be lost at the next sync."""

from __future__ import annotations

from django.contrib import admin

from lessons.long_lists import FoundByPerson
from lessons.models import Completion, Course, Lesson, Module, Place, Section, Term
from lessons.read_only import ReadOnlyAdmin


@admin.register(Course)
class CourseAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "synced_at", "archived_at"]


@admin.register(Module)
class ModuleAdmin(ReadOnlyAdmin):
    list_display = ["title", "course", "position", "archived_at"]
    list_filter = ["course"]
    list_select_related = ["course"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["title", "module", "position", "words", "updated_at", "archived_at"]
    list_filter = ["course", "module"]
    list_select_related = ["module"]
    search_fields = ["title", "slug"]


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ["title", "lesson", "slug", "level", "archived_at"]
    list_filter = ["course"]
    list_select_related = ["lesson"]
    search_fields = ["title", "slug", "text"]


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ["name", "section", "text"]
    list_filter = ["course"]
    list_select_related = ["section"]
    search_fields = ["name"]


@admin.register(Completion)
class CompletionAdmin(FoundByPerson):
    list_display = ["user", "lesson", "completed_at"]
    list_select_related = ["user", "lesson"]
    raw_id_fields = ["user", "lesson"]


@admin.register(Place)
class PlaceAdmin(FoundByPerson):
    list_display = ["user", "course", "lesson", "section", "seen_at"]
    list_select_related = ["user", "course", "lesson", "section"]
    raw_id_fields = ["user", "course", "lesson", "section"]
