"""To be read, by whoever may; never to be written."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.long_lists import FoundByPerson
from lessons.read_only import ReadOnlyAdmin
from portal.audit.models import Entry


@admin.register(Entry)
class EntryAdmin(FoundByPerson, ReadOnlyAdmin):
    list_display = ["at", "what", "actor", "person", "about", "network"]
    list_filter = ["what", "at"]
    ordering = ["-pk"]
    list_select_related = ["actor", "person"]
    list_per_page = 100
    sortable_by = ["at"]
    search_fields = ["actor", "person"]
    search_help_text = _(
        "A person: type how words of the name or the address begin. "
        "Or a network, as it stands here."
    )

    def found_by(self, text: str, people: list[Any]) -> Q:
        return super().found_by(text, people) | Q(network=text)
