from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from lessons.read_only import ReadOnlyAdmin
from portal.cohorts.models import Cohort, Invitation, Membership, PastMembership


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


class InvitationInline(admin.TabularInline):
    model = Invitation
    extra = 0
    readonly_fields = ["used"]


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):
    list_display = ["name", "created_at", "archived_at"]
    list_filter = ["courses"]
    exclude = ["course"]
    filter_horizontal = ["courses"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline, InvitationInline]

    def save_model(self, request: HttpRequest, obj: Cohort, form: Any, change: bool) -> None:
        """The first course is one of those that were chosen."""
        chosen = list(form.cleaned_data.get("courses", []))
        if chosen and (not change or obj.course not in chosen):
            obj.course = chosen[0]
        super().save_model(request, obj, form, change)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "cohort", "role", "joined_at"]
    list_filter = ["cohort", "role"]
    search_fields = ["user__email", "user__name"]
    autocomplete_fields = ["user", "cohort"]
    list_select_related = ["user", "cohort"]


@admin.register(PastMembership)
class PastMembershipAdmin(ReadOnlyAdmin):
    list_display = ["user", "cohort", "role", "joined_at", "ended_at"]
    list_filter = ["cohort", "role"]
    search_fields = ["user__email", "user__name"]
    list_select_related = ["user", "cohort"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["code", "cohort", "role", "used", "uses", "expires_at"]
    list_filter = ["cohort", "role"]
    readonly_fields = ["used"]
    list_select_related = ["cohort"]
