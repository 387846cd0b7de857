from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.admin import EmailAddressAdmin as AddressesOfAllauth
from allauth.account.models import EmailAddress
from allauth.mfa import admin as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as linked
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lessons.long_lists import FoundByPerson
from portal.accounts.models import User
from portal.accounts.search import matching

# allauth shows these to administrators: nobody needs to see secrets there, nor to open a second
# door by a row. Importing its modules first makes sure that they do not register afterwards.
assert factors
assert linked
admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken, EmailAddress])


@admin.register(User)
class UserAdmin(FoundByPerson, DjangoUserAdmin):
    """Django's, for a user who signs in by e-mail address."""

    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["pk"]
    sortable_by = ["email"]
    ordering: ClassVar = ["email"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Person"), {"fields": ["name", "language", "shortcuts"]}),
        (
            _("Rights"),
            {
                "fields": [
                    "is_active",
                    "opens_cohorts",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "name", "password1", "password2"]})
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """All of them, however many, in the order of the list."""
        text = search_term.strip()
        return (queryset.filter(matching(text)) if text else queryset), False


@admin.register(EmailAddress)
class EmailAddressAdmin(FoundByPerson, AddressesOfAllauth):
    list_filter = ()
    list_select_related = ["user"]
    sortable_by = ["email"]

    def found_by(self, text: str, people: list[Any]) -> Q:
        """Also by an address that somebody is about to move to."""
        return super().found_by(text, people) | Q(email__startswith=text.lower())
