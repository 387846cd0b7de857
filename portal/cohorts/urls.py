"""What instructors do with their cohorts."""

from __future__ import annotations

from django.urls import path

from portal.cohorts import cohort_views, date_views, invitation_views, log, member_views, views

# /cohorts/<slug>/…
cohort_urls = [
    path("<slug:slug>/", views.cohort_detail, name="cohort_detail"),
    path("<slug:slug>/figures/", views.cohort_figures, name="cohort_figures"),
    path("<slug:slug>/settings/", cohort_views.cohort_settings, name="cohort_settings"),
    path("<slug:slug>/settings/complete/", cohort_views.complete_reached, name="complete_reached"),
    path("<slug:slug>/copy/", cohort_views.copy_cohort, name="copy_cohort"),
    path("<slug:slug>/archive/", cohort_views.archive_cohort, name="archive_cohort"),
    path("<slug:slug>/unarchive/", cohort_views.unarchive_cohort, name="unarchive_cohort"),
    path("<slug:slug>/dates/", date_views.due_dates, name="due_dates"),
    path("<slug:slug>/learners/<int:pk>/extend/", date_views.extend, name="extend"),
    path("<slug:slug>/log/", log.cohort_log, name="cohort_log"),
    path("<slug:slug>/members/", member_views.members, name="members"),
    path("<slug:slug>/members/change/", member_views.change_members, name="change_members"),
    path("<slug:slug>/learners/<int:pk>/", views.learner_detail, name="learner_detail"),
    path("<slug:slug>/invitations/", invitation_views.invitations, name="invitations"),
    path("<slug:slug>/invitations/mail/", invitation_views.invite_by_mail, name="invite_by_mail"),
    path(
        "<slug:slug>/invitations/<int:pk>/resend/",
        invitation_views.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "<slug:slug>/invitations/<int:pk>/close/",
        invitation_views.close_invitation,
        name="close_invitation",
    ),
]

urlpatterns = [
    path("", cohort_views.cohort_list, name="cohort_list"),
    path("new/", cohort_views.new_cohort, name="new_cohort"),
    *cohort_urls,
]
