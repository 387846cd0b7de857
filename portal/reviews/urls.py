"""What is said about answers, and asked about lessons and labs."""

from __future__ import annotations

from django.urls import path

from portal.reviews import views

# /cohorts/<slug>/…, for those who teach there
cohort_urls = [
    path("submissions/<int:pk>/", views.submission_detail, name="submission_detail"),
    path(
        "learners/<int:learner>/labs/<slug:lab>/",
        views.latest_submission,
        name="latest_submission",
    ),
]
