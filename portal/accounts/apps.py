from django.apps import AppConfig
from django.utils.module_loading import import_string


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Models, and whatever knows them, cannot be imported before this."""
        for signal, receiver in (
            ("email_added", "tell_present_address"),
            ("password_reset", "drop_unproven_addresses"),
        ):
            receive = import_string(f"portal.accounts.addresses.{receiver}")
            import_string(f"allauth.account.signals.{signal}").connect(receive)
