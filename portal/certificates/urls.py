"""Certificates: one's own, those of a cohort, and what anybody may see who has an address."""

from __future__ import annotations

from django.urls import path

from portal.certificates import cohort_views, own_views, views

# /cohorts/<slug>/…, for those who teach it
cohort_urls = [
    path("certificates/", cohort_views.cohort_certificates, name="cohort_certificates"),
    path(
        "certificates/<int:pk>/revoke/", cohort_views.revoke_certificate, name="revoke_certificate"
    ),
    path(
        "certificates/<int:pk>/restore/",
        cohort_views.restore_certificate,
        name="restore_certificate",
    ),
]

urlpatterns = [
    path("certificates/", own_views.certificate_list, name="certificate_list"),
    path("certificates/courses/<slug:slug>/", own_views.new_certificate, name="new_certificate"),
    path("certificates/keys/<slug:name>/", views.certificate_key, name="certificate_key"),
    path(".well-known/jwks.json", views.certificate_keys, name="certificate_keys"),
    path("certificates/<slug:token>/", views.certificate, name="certificate"),
    path("certificates/<slug:token>/credential.jwt", views.credential, name="credential"),
    path(
        "certificates/<slug:token>/status.json",
        views.certificate_status,
        name="certificate_status",
    ),
    path(
        "certificates/<slug:token>/withdraw/",
        own_views.withdraw_certificate,
        name="withdraw_certificate",
    ),
]
