"""/cohorts/<slug>/items/…"""

from __future__ import annotations

from django.urls import path

from portal.items import views

cohort_urls = [
    path("items/", views.items, name="items"),
    path("items/labs/<slug:lab>/", views.lab_item, name="lab_item"),
    path("items/lessons/<slug:course>/<slug:lesson>/", views.lesson_item, name="lesson_item"),
]
