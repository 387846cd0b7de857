from django.apps import AppConfig
from django.utils.module_loading import import_string


class AnnouncementsConfig(AppConfig):
    name = "portal.announcements"
    label = "announcements"

    def ready(self) -> None:
        """Models cannot be imported before this."""
        import_string("portal.announcements.leaving.watch")()
