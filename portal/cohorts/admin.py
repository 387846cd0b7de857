from __future__ import annotations

from django.contrib import admin

from portal.cohorts.models import Cohort, Invitation, Membership


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
    list_display = ["name", "course", "created_at"]
    list_filter = ["course"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [MembershipInline, InvitationInline]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "cohort", "role", "joined_at"]
    list_filter = ["cohort", "role"]
    search_fields = ["user__email", "user__name"]
    autocomplete_fields = ["user", "cohort"]
    list_select_related = ["user", "cohort"]


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    list_display = ["code", "cohort", "role", "used", "uses", "expires_at"]
    list_filter = ["cohort", "role"]
    readonly_fields = ["used"]
    list_select_related = ["cohort"]
