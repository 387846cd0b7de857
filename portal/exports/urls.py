"""/cohorts/<slug>/exports/…"""

from __future__ import annotations

from django.urls import path

from portal.exports import views

cohort_urls = [
    path("exports/", views.exports, name="exports"),
    path("exports/<slug:name>.<slug:ending>", views.export_file, name="export_file"),
]
