"""Cohorts, and lists of their own for who belongs to one and which codes it has: a page with a
thousand members takes a query for each, and cannot be sent back (`DATA_UPLOAD_MAX_NUMBER_FIELDS`).
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from lessons.long_lists import FoundByPerson, LongListAdmin
from lessons.read_only import ReadOnlyAdmin
from portal.cohorts.models import Cohort, Invitation, Membership, PastMembership


@admin.register(Cohort)
class CohortAdmin(LongListAdmin):
    list_display = ["name", "created_at", "archived_at"]
    list_filter = ["courses"]
    filter_horizontal = ["courses"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["members", "past_members", "invitations"]

    def get_fields(self, request: HttpRequest, obj: Cohort | None = None) -> Any:
        """Nobody belongs to a cohort that is not there yet."""
        own = ["name", "slug", "courses", "archived_at"]
        return [*own, *self.readonly_fields] if obj else own

    def save_model(self, request: HttpRequest, obj: Cohort, form: Any, change: bool) -> None:
        """The first course is one of those that were chosen."""
        chosen = list(form.cleaned_data.get("courses", []))
        if chosen and (not change or obj.course not in chosen):
            obj.course = chosen[0]
        super().save_model(request, obj, form, change)

    @admin.display(description=_("members"))
    def members(self, cohort: Cohort) -> str:
        return format_html("{} · {}", shown(cohort.memberships), add_one(cohort.memberships))

    @admin.display(description=_("past members"))
    def past_members(self, cohort: Cohort) -> str:
        return shown(cohort.past_memberships)

    @admin.display(description=_("invitations"))
    def invitations(self, cohort: Cohort) -> str:
        return format_html("{} · {}", shown(cohort.invitations), add_one(cohort.invitations))


def shown(rows: Any) -> SafeString:
    """A link to a cohort's rows, which says how many there are."""
    address = reverse(f"admin:cohorts_{rows.model._meta.model_name}_changelist")
    words = _("Show all %(number)d") % {"number": rows.count()}
    return format_html('<a href="{}?cohort__id__exact={}">{}</a>', address, rows.instance.pk, words)


def add_one(rows: Any) -> SafeString:
    address = reverse(f"admin:cohorts_{rows.model._meta.model_name}_add")
    return format_html('<a href="{}?cohort={}">{}</a>', address, rows.instance.pk, _("Add"))


@admin.register(Membership)
class MembershipAdmin(FoundByPerson):
    list_display = ["user", "cohort", "role", "joined_at"]
    list_filter = ["role"]
    autocomplete_fields = ["user", "cohort"]
    list_select_related = ["user", "cohort"]


@admin.register(PastMembership)
class PastMembershipAdmin(FoundByPerson, ReadOnlyAdmin):
    list_display = ["user", "cohort", "role", "joined_at", "ended_at"]
    ordering = ["-pk"]
    list_select_related = ["user", "cohort"]


@admin.register(Invitation)
class InvitationAdmin(LongListAdmin):
    list_display = ["code", "cohort", "role", "used", "uses", "expires_at"]
    list_filter = ["role"]
    autocomplete_fields = ["cohort"]
    readonly_fields = ["used", "sent_by", "letters"]
    list_select_related = ["cohort"]
