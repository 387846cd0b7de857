"""An app of its own: questions have tables of their own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuizConfig(AppConfig):
    name = "labs.quiz"
    label = "quiz"
    verbose_name = _("questions in lessons")
    default_auto_field = "django.db.models.BigAutoField"
