"""Who needs help, what they get wrong in common, and what is said to them."""

from __future__ import annotations

from django.urls import path

from portal.guidance import radar_views, views

# /cohorts/<slug>/…, for those who teach there
cohort_urls = [
    path("help/", views.attention, name="attention"),
    path("help/top/", views.attention_top, name="attention_top"),
    path("help/lines/", views.change_lines, name="change_lines"),
    path("radar/", radar_views.radar, name="radar"),
    path("radar/group/", radar_views.radar_group, name="radar_group"),
    path("radar/class/", radar_views.class_view, name="class_view"),
    path("radar/notes/", radar_views.write_note, name="write_note"),
    path("radar/notes/<int:pk>/withdraw/", radar_views.withdraw_note, name="withdraw_note"),
]
