"""/regrades/…: old verdicts looked at again."""

from __future__ import annotations

from django.urls import path

from portal.regrades import views

urlpatterns = [
    path("", views.regrade_list, name="regrade_list"),
    path("labs/<slug:slug>/", views.regrade_lab, name="regrade_lab"),
    path("labs/<slug:slug>/start/", views.start_regrade, name="start_regrade"),
    path("<int:pk>/", views.regrade_detail, name="regrade_detail"),
    path("<int:pk>/progress/", views.regrade_progress, name="regrade_progress"),
    path("<int:pk>/apply/", views.apply_regrade, name="apply_regrade"),
    path("<int:pk>/undo/", views.undo_regrade, name="undo_regrade"),
    path("<int:pk>/drop/", views.drop_regrade, name="drop_regrade"),
]
