"""What one reads."""

from __future__ import annotations

from django.urls import path

from lessons import change_views, glossary_views, margin_views, views

app_name = "lessons"
urlpatterns = [
    path("<slug:course>/", views.course_detail, name="course_detail"),
    path("<slug:course>/pictures/<str:name>", views.picture, name="picture"),
    path("<slug:course>/glossary/", glossary_views.glossary, name="glossary"),
    path("<slug:course>/margin/", margin_views.margin_list, name="margin_list"),
    path("<slug:course>/margin/notes.<str:kind>", margin_views.export, name="export_margins"),
    path("<slug:course>/margin/<uuid:section>/", margin_views.margin, name="margin"),
    path("<slug:course>/modules/<slug:module>/print/", views.module_print, name="module_print"),
    path("<slug:course>/<slug:lesson>/", views.lesson_detail, name="lesson_detail"),
    path("<slug:course>/<slug:lesson>/complete/", views.complete, name="complete"),
    path("<slug:course>/<slug:lesson>/reopen/", views.reopen, name="reopen"),
    path(
        "<slug:course>/<slug:lesson>/changes/", change_views.lesson_changes, name="lesson_changes"
    ),
    path("<slug:course>/<slug:lesson>/changes/read/", change_views.read_again, name="read_again"),
    path("<slug:course>/<slug:lesson>/place/", views.place, name="place"),
]
