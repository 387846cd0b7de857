"""What is said to cohorts."""

from __future__ import annotations

from django.urls import path

from portal.announcements import views

# /cohorts/<slug>/…, for those who lead it
cohort_urls = [
    path("announcements/", views.announcements, name="announcements"),
    path(
        "announcements/<int:pk>/withdraw/",
        views.withdraw_announcement,
        name="withdraw_announcement",
    ),
]

urlpatterns = [path("", views.announcement_list, name="announcement_list")]
