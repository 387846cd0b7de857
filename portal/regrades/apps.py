from django.apps import AppConfig


class RegradesConfig(AppConfig):
    name = "portal.regrades"
    label = "regrades"
