"""/authoring/…: what the files would change, and what was applied."""

from __future__ import annotations

from django.urls import path

from portal.authoring import views

urlpatterns = [
    path("", views.content_plan, name="content_plan"),
    path("apply/", views.apply_content, name="apply_content"),
    path("changes/<int:pk>/", views.content_change, name="content_change"),
    path("changes/<int:pk>/undo/", views.undo_content, name="undo_content"),
]
