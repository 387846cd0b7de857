"""What one does with labs."""

from __future__ import annotations

from django.urls import include, path

from labs import capstone_views, completions, looking_back, putting_in, try_views, views

app_name = "labs"

# /labs/attempts/<pk>/… and /labs/texts/<pk>/…
attempt_urls = [
    path("attempts/<int:pk>/", views.attempt_detail, name="attempt_detail"),
    path("attempts/<int:pk>/verdict/", views.verdict, name="verdict"),
    path("attempts/<int:pk>/change/", views.show_change, name="show_change"),
    path("attempts/<int:pk>/restore/", putting_in.restore, name="restore"),
    path("texts/<int:pk>/restore/", putting_in.restore_text, name="restore_text"),
]

# /labs/tries/<course>/<lesson>/<slug>/…
try_urls = [
    path("", try_views.try_detail, name="try_detail"),
    path("form/", try_views.try_form, name="try_form"),
    path("answer/", try_views.try_answer, name="try_answer"),
]

# /labs/<slug>/…
lab_urls = [
    path("<slug:slug>/", views.lab_detail, name="lab_detail"),
    path("<slug:slug>/submit/", views.submit, name="submit"),
    path("<slug:slug>/draft/", views.draft, name="draft"),
    path("<slug:slug>/lint/", views.lint, name="lint"),
    path("<slug:slug>/attempts/", views.attempts, name="attempts"),
    path("<slug:slug>/solution/", views.solution, name="solution"),
    path("<slug:slug>/solution/show/", views.show_solution, name="show_solution"),
    path("<slug:slug>/restart/", putting_in.restart, name="restart"),
    path("<slug:slug>/practise/", putting_in.practise, name="practise"),
    path("<slug:slug>/attempts/all/", looking_back.all_attempts, name="all_attempts"),
    path("<slug:slug>/texts/", looking_back.kept_texts, name="kept_texts"),
]

urlpatterns = [
    path("", views.lab_list, name="lab_list"),
    path("completions/<slug:kind>/", completions.completions, name="completions"),
    path("capstones/<slug:slug>/", capstone_views.capstone_detail, name="capstone_detail"),
    *attempt_urls,
    path("tries/<slug:course>/<slug:lesson>/<slug:slug>/", include(try_urls)),
    *lab_urls,
]
