"""The signed-in user, and the courses that they belong to: what every page asks."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Exists, OuterRef, Q

from lessons.compiled import Compiled
from portal.accounts.models import User
from portal.authoring.models import MAY_AUTHOR
from portal.cohorts.belonging import ENROLMENT, TEACHING, enrolments_in

FIELDS = [field.attname for field in User._meta.concrete_fields]
FACTOR = Q(type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
HAS_FACTOR = Exists(Authenticator.objects.filter(FACTOR, user=OuterRef("pk")))


def granted(permission: str) -> Q:
    """To a person, or to a group that they are in."""
    app, codename = permission.split(".")
    own = User.user_permissions.through.objects.filter(
        user=OuterRef("pk"),
        permission__codename=codename,
        permission__content_type__app_label=app,
    )
    groups = User.groups.through.objects.filter(
        user=OuterRef("pk"),
        group__permissions__codename=codename,
        group__permissions__content_type__app_label=app,
    )
    return Q(Exists(own)) | Q(Exists(groups))


OF_MEMBERSHIPS = [f"memberships__{name}" for name in ENROLMENT]
OWN = len(FIELDS) + 2  # so many columns before them
PERSON = Compiled(
    lambda user: (
        User.objects.filter(pk=user, is_active=True)
        .annotate(with_factor=HAS_FACTOR, may_author=granted(MAY_AUTHOR))
        .values_list(*FIELDS, "with_factor", "may_author", *OF_MEMBERSHIPS)
    ),
    user=-1,
)


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """One query, two for an administrator; a request asks no more who its user is, what
        they read and teach, whether they author it, and whether they have what that asks for."""
        rows = PERSON.rows(user=user_id)
        if not rows:
            return None
        user = User.from_db(DEFAULT_DB_ALIAS, FIELDS, rows[0][: len(FIELDS)])
        user.has_factor, may_author = rows[0][len(FIELDS) : OWN]
        user.authors = user.is_superuser or bool(may_author)
        memberships = [row[OWN:] for row in rows]
        user.enrolments_of_request = enrolments_in([*memberships, *user.administered()])
        user.leads_of_request = user.is_superuser or any(row[-1] in TEACHING for row in memberships)
        return user
