"""To be read, by whoever may; never to be written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from portal.audit.models import Entry


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin):
    list_display = ["at", "what", "actor", "person", "about", "network"]
    list_filter = ["what", "at"]
    list_select_related = ["actor", "person"]
    list_per_page = 100
    search_fields = ["actor__email", "person__email", "about", "network"]
    date_hierarchy = "at"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
