"""What is said about answers, and asked about lessons and labs."""

from __future__ import annotations

from django.urls import path

from portal.reviews import override_views, own_views, views

# /cohorts/<slug>/…, for those who teach there
cohort_urls = [
    path("submissions/<int:pk>/", views.submission_detail, name="submission_detail"),
    path("submissions/<int:pk>/comments/", views.write_comment, name="write_comment"),
    path("submissions/<int:pk>/override/", override_views.override, name="override"),
    path("submissions/<int:pk>/withdraw/", override_views.withdraw, name="withdraw"),
    path("submissions/<int:pk>/same/", override_views.same, name="same_answers"),
    path(
        "learners/<int:learner>/labs/<slug:lab>/",
        views.latest_submission,
        name="latest_submission",
    ),
]

# /reviews/…, for those who learn
urlpatterns = [
    path("attempts/<int:pk>/reply/", own_views.reply, name="reply"),
]
