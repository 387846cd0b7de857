from __future__ import annotations

from typing import ClassVar

from allauth.mfa import admin as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import admin as linked
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User

# allauth shows these to administrators: nobody needs to see secrets there, nor to open a second
# door by a row. Importing its modules first makes sure that they do not register afterwards.
assert factors
assert linked
admin.site.unregister([Authenticator, SocialAccount, SocialApp, SocialToken])


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Django's, for a user who signs in by e-mail address."""

    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "memberships__cohort"]
    search_fields = ["email", "name"]
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
