from __future__ import annotations

from django.contrib import admin

from lessons.read_only import ReadOnlyAdmin
from portal.announcements.models import Announcement


@admin.register(Announcement)
class AnnouncementAdmin(ReadOnlyAdmin):
    list_display = ["said_at", "cohort", "author", "withdrawn_at"]
    list_select_related = ["cohort", "author"]
