"""What one does with labs."""

from __future__ import annotations

from django.urls import path

from labs import completions, views

app_name = "labs"

# /labs/attempts/<pk>/…
attempt_urls = [
    path("attempts/<int:pk>/", views.attempt_detail, name="attempt_detail"),
    path("attempts/<int:pk>/verdict/", views.verdict, name="verdict"),
    path("attempts/<int:pk>/change/", views.show_change, name="show_change"),
]

# /labs/<slug>/…
lab_urls = [
    path("<slug:slug>/", views.lab_detail, name="lab_detail"),
    path("<slug:slug>/submit/", views.submit, name="submit"),
    path("<slug:slug>/draft/", views.draft, name="draft"),
    path("<slug:slug>/lint/", views.lint, name="lint"),
    path("<slug:slug>/attempts/", views.attempts, name="attempts"),
    path("<slug:slug>/solution/", views.solution, name="solution"),
]

urlpatterns = [
    path("", views.lab_list, name="lab_list"),
    path("completions/<slug:kind>/", completions.completions, name="completions"),
    *attempt_urls,
    *lab_urls,
]
