"""Beside allauth's own pages."""

from __future__ import annotations

from django.urls import path

from portal.accounts import own_data_views, session_views, views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    path("export/", own_data_views.export, name="export"),
    path("erase/", own_data_views.erase_account, name="erase_account"),
    path("sessions/", session_views.session_list, name="session_list"),
    path("sessions/end/", session_views.end_session, name="end_session"),
    path("sessions/end-others/", session_views.end_sessions, name="end_sessions"),
    path("language/", views.language, name="language"),
]
