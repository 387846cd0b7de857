"""What others announce by signals: sign-in, passwords, addresses and second factors by allauth,
memberships and invitations by their rows, administration by Django's own log."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils.module_loading import import_string

from portal.audit.models import What
from portal.audit.record import record

ACCOUNT_SIGNALS = {
    "allauth.account.signals.user_signed_up": What.SIGNED_UP,
    "django.contrib.auth.signals.user_logged_in": What.SIGNED_IN,
    "allauth.account.signals.password_set": What.PASSWORD,
    "allauth.account.signals.password_changed": What.PASSWORD,
    "allauth.account.signals.password_reset": What.PASSWORD,
    "allauth.account.signals.email_added": What.ADDRESS,
    "allauth.account.signals.email_changed": What.ADDRESS,
    "allauth.account.signals.email_removed": What.ADDRESS,
    "allauth.account.signals.email_confirmed": What.ADDRESS,
}
FACTOR_SIGNALS = {
    "allauth.mfa.signals.authenticator_added": What.FACTOR,
    "allauth.mfa.signals.authenticator_removed": What.FACTOR,
    "allauth.mfa.signals.authenticator_reset": What.FACTOR,
}
DONE_BY_ADMINISTRATORS = {1: "added", 2: "changed", 3: "deleted"}  # LogEntry.action_flag


def watch() -> None:
    with_factors = FACTOR_SIGNALS if apps.is_installed("allauth.mfa") else {}
    for path, what in (ACCOUNT_SIGNALS | with_factors).items():
        # weak=False: nobody else holds the receiver
        import_string(path).connect(receiver(path.rpartition(".")[2], what), weak=False)
    membership, invitation = (
        apps.get_model("cohorts", name) for name in ("Membership", "Invitation")
    )
    pre_save.connect(role_changes, membership)
    post_save.connect(joined, membership)
    post_delete.connect(left, membership)
    post_save.connect(invited, invitation)
    post_delete.connect(deleted, apps.get_model(settings.AUTH_USER_MODEL))
    post_save.connect(administered, apps.get_model("admin", "LogEntry"))


def receiver(name: str, what: What) -> Any:
    def happened(sender: Any, user: Any = None, email_address: Any = None, **_signal: Any) -> None:
        person = user or getattr(email_address, "user", None)
        # The signal may come before the request knows who signed in.
        record(what, actor=person, person=person, about=name.replace("_", " "))

    return happened


def role_changes(sender: Any, instance: Any, raw: bool = False, **_signal: Any) -> None:
    before = sender.objects.filter(pk=instance.pk).values_list("role", flat=True).first()
    if before and before != instance.role and not raw:
        about = f"{instance.cohort.slug}: {before} → {instance.role}"
        record(What.ROLE, person=instance.user, about=about, cohort=instance.cohort)


def joined(sender: Any, instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw:
        record(What.JOINED, person=instance.user, about=role_in(instance), cohort=instance.cohort)


def left(sender: Any, instance: Any, **_signal: Any) -> None:
    record(What.LEFT, person=instance.user, about=role_in(instance), cohort=instance.cohort)


def role_in(membership: Any) -> str:
    return f"{membership.cohort.slug}: {membership.role}"


def deleted(sender: Any, instance: Any, **_signal: Any) -> None:
    record(What.DELETED, person=instance)


def invited(sender: Any, instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw:
        about = f"{instance.cohort.slug}: {instance.role}, {instance.uses}"
        record(What.INVITED, about=about, cohort=instance.cohort)


def administered(
    sender: Any, instance: Any, created: bool, raw: bool = False, **_signal: Any
) -> None:
    """Which row and which fields, without the words of Django's log: those hold names."""
    if not created or raw:
        return
    model = f"{instance.content_type.app_label}.{instance.content_type.model}"
    person = None
    if model == settings.AUTH_USER_MODEL.lower() and str(instance.object_id or "").isdigit():
        person = instance.content_type.model_class()(pk=int(instance.object_id))
    done = DONE_BY_ADMINISTRATORS.get(instance.action_flag, "")
    about = f"{model} {instance.object_id} {done} {fields_of(instance.change_message)}".strip()
    record(What.ADMINISTERED, actor=instance.user, person=person, about=about)


def fields_of(message: str) -> str:
    try:
        parts = json.loads(message)
        changed = [part.get("changed", {}) for part in parts]
    except (ValueError, AttributeError, TypeError):
        return ""
    return ", ".join(str(field) for part in changed for field in part.get("fields", ()))
