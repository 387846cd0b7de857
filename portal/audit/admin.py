"""To be read, by whoever may; never to be written."""

from __future__ import annotations

from django.contrib import admin

from lessons.read_only import ReadOnlyAdmin
from portal.audit.models import Entry


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "what", "actor", "person", "about", "network"]
    list_filter = ["what", "at"]
    ordering = ["-pk"]
    list_select_related = ["actor", "person"]
    list_per_page = 100
    search_fields = ["actor__email", "person__email", "about", "network"]
