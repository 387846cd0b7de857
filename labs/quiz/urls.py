"""Questions of lessons: one at a time, how one stands with them, and what
comes back."""

from __future__ import annotations

from django.urls import path

from labs.quiz import practice_views, review_views, views

app_name = "quiz"
urlpatterns = [
    path("review/", review_views.review, name="review"),
    path("practice/<slug:course>/", practice_views.topics, name="practice"),
    path("practice/<slug:course>/<slug:name>/", practice_views.task, name="task"),
    path("practice/<slug:course>/<slug:name>/answer/", practice_views.answer, name="task_answer"),
    path("<slug:course>/<slug:lesson>/", views.lesson_quiz, name="lesson_quiz"),
    path("<slug:course>/<slug:lesson>/<slug:slug>/", views.question, name="question"),
    path("<slug:course>/<slug:lesson>/<slug:slug>/answer/", views.answer, name="answer"),
    path(
        "<slug:course>/<slug:lesson>/<slug:slug>/withdraw/", review_views.withdraw, name="withdraw"
    ),
]
