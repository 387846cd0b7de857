"""Questions of lessons: one at a time, and how one stands with them."""

from __future__ import annotations

from django.urls import path

from labs.quiz import views

app_name = "quiz"
urlpatterns = [
    path("<slug:course>/<slug:lesson>/", views.lesson_quiz, name="lesson_quiz"),
    path("<slug:course>/<slug:lesson>/<slug:slug>/", views.question, name="question"),
    path("<slug:course>/<slug:lesson>/<slug:slug>/answer/", views.answer, name="answer"),
]
