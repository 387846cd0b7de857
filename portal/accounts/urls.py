"""Beside allauth's own pages."""

from __future__ import annotations

from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    path("language/", views.language, name="language"),
]
