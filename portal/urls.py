"""The product on one screen."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("day/", views.day, name="day"),
    path("learn/", include("lessons.urls")),
    path("labs/", include("labs.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
