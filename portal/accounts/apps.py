from django.apps import AppConfig
from django.utils.module_loading import import_string

RECEIVERS = (
    ("account.signals.email_added", "addresses.tell_present_address"),
    ("account.signals.password_reset", "addresses.drop_unproven_addresses"),
    ("account.signals.password_reset", "sessions.end_other_sessions"),
    ("account.signals.password_changed", "sessions.end_other_sessions"),
    ("account.signals.password_set", "sessions.end_other_sessions"),
    ("mfa.signals.authenticator_added", "sessions.end_other_sessions"),
    ("mfa.signals.authenticator_added", "enforcement.note_unseen_codes"),
    ("mfa.signals.authenticator_reset", "enforcement.note_unseen_codes"),
    ("account.signals.user_logged_in", "enforcement.note_unseen_codes"),
)


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Models, and whatever knows them, cannot be imported before this."""
        for signal, receiver in RECEIVERS:
            receive = import_string(f"portal.accounts.{receiver}")
            import_string(f"allauth.{signal}").connect(receive)
