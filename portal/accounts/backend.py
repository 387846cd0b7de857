"""The signed-in user, and the courses that they belong to: what every page asks."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from portal.accounts.models import User
from portal.cohorts.belonging import ENROLMENT, enrolments_in

FIELDS = [field.attname for field in User._meta.concrete_fields]


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """One query; a request asks no more who its user is, what they read and teach."""
        found = User.objects.filter(pk=user_id, is_active=True)
        rows = list(found.values_list(*FIELDS, *(f"memberships__{name}" for name in ENROLMENT)))
        if not rows:
            return None
        user = User.from_db(found.db, FIELDS, rows[0][: len(FIELDS)])
        user.enrolments_of_request = enrolments_in(row[len(FIELDS) :] for row in rows)
        return user
