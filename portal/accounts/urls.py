"""Beside allauth's own pages."""

from __future__ import annotations

from django.urls import path

from portal.accounts import own_data_views, views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    path("export/", own_data_views.export, name="export"),
    path("erase/", own_data_views.erase_account, name="erase_account"),
    path("language/", views.language, name="language"),
]
