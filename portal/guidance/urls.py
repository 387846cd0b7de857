"""Who needs help, what they get wrong in common, and what is said to them."""

from __future__ import annotations

from django.urls import path

from portal.guidance import views

# /cohorts/<slug>/…, for those who teach there
cohort_urls = [
    path("help/", views.attention, name="attention"),
    path("help/top/", views.attention_top, name="attention_top"),
    path("help/lines/", views.change_lines, name="change_lines"),
]
