"""What instructors do with their cohorts."""

from __future__ import annotations

from django.urls import path

from portal.cohorts import views

# /cohorts/<slug>/…
cohort_urls = [
    path("<slug:slug>/", views.cohort_detail, name="cohort_detail"),
    path("<slug:slug>/learners/<int:pk>/", views.learner_detail, name="learner_detail"),
    path("<slug:slug>/invitations/", views.invitations, name="invitations"),
    path(
        "<slug:slug>/invitations/<int:pk>/close/", views.close_invitation, name="close_invitation"
    ),
]

urlpatterns = [path("", views.cohort_list, name="cohort_list"), *cohort_urls]
