from importlib import import_module

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "portal.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        import_module("portal.cohorts.completing").listen()  # it needs models
