from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "portal.authoring"
    label = "authoring"
