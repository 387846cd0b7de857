"""What is said about answers, and asked about lessons and labs."""

from __future__ import annotations

from django.urls import path

from portal.reviews import (
    override_views,
    own_views,
    question_views,
    queue_views,
    story_views,
    views,
    writing_views,
)

# /cohorts/<slug>/…, for those who teach there
cohort_urls = [
    path("submissions/<int:pk>/", views.submission_detail, name="submission_detail"),
    path("submissions/<int:pk>/comments/", views.write_comment, name="write_comment"),
    path("submissions/<int:pk>/override/", override_views.override, name="override"),
    path("submissions/<int:pk>/withdraw/", override_views.withdraw, name="withdraw"),
    path("submissions/<int:pk>/same/", override_views.same, name="same_answers"),
    path("submissions/<int:pk>/same/count/", override_views.same_count, name="same_count"),
    path("queue/", queue_views.queue, name="queue"),
    path("queue/check-again/", queue_views.check_again, name="check_again"),
    path("questions/<int:pk>/", queue_views.cohort_question, name="cohort_question"),
    path("questions/<int:pk>/answer/", queue_views.answer_question, name="answer_question"),
    path("questions/<int:pk>/assign/", queue_views.assign_question, name="assign_question"),
    path("questions/<int:pk>/move/", queue_views.move_question, name="move_question"),
    # Short: a page of the grid has ten thousand of them
    path("learners/<int:pk>/lab-<int:lab>/", story_views.lab_story, name="lab_story"),
    path("learners/<int:pk>/lesson-<int:lesson>/", story_views.lesson_story, name="lesson_story"),
    path("learners/<int:pk>/write/", writing_views.write_to, name="write_to"),
    path(
        "learners/<int:learner>/labs/<slug:lab>/",
        views.latest_submission,
        name="latest_submission",
    ),
]

# /reviews/…, for those who learn
urlpatterns = [
    path("", question_views.question_list, name="question_list"),
    path("attempts/<int:pk>/reply/", own_views.reply, name="reply"),
    path("ask/attempt/<int:pk>/", question_views.ask_second_look, name="ask_second_look"),
    path("ask/lab/<slug:slug>/", question_views.ask_lab, name="ask_lab"),
    path("ask/lesson/<slug:course>/<slug:lesson>/", question_views.ask_lesson, name="ask_lesson"),
    path("questions/<int:pk>/", question_views.question_detail, name="question_detail"),
    path("questions/<int:pk>/reply/", question_views.reply_question, name="reply_question"),
    path("questions/<int:pk>/close/", question_views.end_question, name="end_question"),
]
