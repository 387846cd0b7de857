from django.apps import AppConfig
from django.utils.module_loading import import_string


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"

    def ready(self) -> None:
        """Models, and whatever knows them, cannot be imported before this."""
        import_string("portal.audit.watching.watch")()
