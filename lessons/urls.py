"""What one reads."""

from __future__ import annotations

from django.urls import path

from lessons import glossary_views, views

app_name = "lessons"
urlpatterns = [
    path("<slug:course>/", views.course_detail, name="course_detail"),
    path("<slug:course>/pictures/<str:name>", views.picture, name="picture"),
    path("<slug:course>/glossary/", glossary_views.glossary, name="glossary"),
    path("<slug:course>/<slug:lesson>/", views.lesson_detail, name="lesson_detail"),
    path("<slug:course>/<slug:lesson>/complete/", views.complete, name="complete"),
    path("<slug:course>/<slug:lesson>/reopen/", views.reopen, name="reopen"),
    path("<slug:course>/<slug:lesson>/place/", views.place, name="place"),
]
