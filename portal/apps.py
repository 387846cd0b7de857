from django.apps import AppConfig
from django.core.checks import Tags, register

from portal import checks


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        register(checks.deployment, Tags.security, deploy=True)
