"""Beside allauth's own pages."""

from __future__ import annotations

from django.urls import path

from portal.accounts import openid_views, own_data_views, session_views, views

urlpatterns = [
    path("join/", views.join, name="join"),
    path("profile/", views.profile, name="profile"),
    path("export/", own_data_views.export, name="export"),
    path("erase/", own_data_views.erase_account, name="erase_account"),
    path("sessions/", session_views.session_list, name="session_list"),
    path("sessions/end/", session_views.end_session, name="end_session"),
    path("sessions/end-others/", session_views.end_sessions, name="end_sessions"),
    path("oidc/login/", openid_views.oidc_login, name="oidc_login"),
    path("oidc/callback/", openid_views.oidc_callback, name="oidc_callback"),
    path("oidc/link/", openid_views.oidc_link, name="oidc_link"),
    path("language/", views.language, name="language"),
]
