"""What somebody wrote here and what was said to them: given out, and taken away, when
`accounts/own_data.py` asks."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from portal.reviews.models import Comment, Question


def words_of(user: Any) -> dict[str, Any]:
    """Their own, and those said to them: what others are called stays out."""
    mine = Q(author=user.pk) | Q(submission__user=user.pk) | Q(question__user=user.pk)
    about = ("submission__lab", "question__lab", "question__lesson", "question__cohort")
    found = Comment.objects.filter(mine).select_related(*about)
    asked = Question.objects.filter(user=user.pk).shown()
    return {
        "comments": [word_of(one, user) for one in found],
        "questions": [asked_by_them(one) for one in asked],
    }


def asked_by_them(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "about": question.about,
        "stage": question.stage,
        "asked_at": question.asked_at,
    }


def thing_of(comment: Comment) -> Any:
    if comment.submission:
        return comment.submission.lab
    return comment.question.about if comment.question else None


def word_of(comment: Comment, user: Any) -> dict[str, Any]:
    return {
        "about": str(thing_of(comment)),
        "written_by": "me" if comment.author_id == user.pk else comment.role,
        "line": comment.line,
        "text": comment.text,
        "at": comment.created_at,
    }


def erase_words(user: Any) -> None:
    """With an answer or a question goes what was said to it, whoever said it. What a teacher said
    to others stays theirs, and names nobody any more."""
    Question.objects.filter(user=user.pk).delete()
    Question.objects.filter(assignee=user.pk).update(assignee=None)
    Comment.objects.filter(submission__user=user.pk).delete()
    Comment.objects.filter(author=user.pk).update(author=None)
